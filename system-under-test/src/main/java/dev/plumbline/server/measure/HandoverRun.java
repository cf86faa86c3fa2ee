package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets one server process take over from another, several times in a row, while clients of both
 * eras use kept and new connections, open and end sessions, listen, and follow streams whose
 * connections are cut off. No request is sent twice, so one that the change of processes costs is a
 * failure. {@code HandoverRun [HANDOVERS [SECONDS [SESSIONS]]]}: how often, how long the load runs
 * between two of them, how many sessions call all the time. One JSON object; exit code 1 when a
 * request failed, an event was lost, told twice or out of order, or a process did not take over.
 */
public final class HandoverRun {
  private static final int HANDOVERS = 5;
  private static final int SECONDS = 2;
  private static final int SESSIONS = 40;
  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_USAGE = 2;

  /**
   * What is done.
   *
   * @param handovers how often
   * @param seconds how long the load runs before each, and after the last
   * @param sessions how many sessions call all the time; others come on top
   */
  public record Settings(int handovers, int seconds, int sessions) {}

  private final Settings settings;
  private final Path folder;
  private final HandoverTally tally = new HandoverTally();
  private final ArrayNode each = JsonNodeFactory.instance.arrayNode();
  private int done;

  private HandoverRun(Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Runs the processes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ObjectNode result = run(settings(List.of(arguments)));
    System.out.println(result);
    System.exit(result.path("met").asBoolean(false) ? 0 : EXIT_BROKEN);
  }

  private static Settings settings(List<String> given) {
    try {
      Settings settings =
          new Settings(
              number(given, 0, HANDOVERS), number(given, 1, SECONDS), number(given, 2, SESSIONS));
      if (settings.handovers() > 0 && settings.seconds() > 0 && settings.sessions() > 0) {
        return settings;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    System.err.println("usage: HandoverRun [HANDOVERS [SECONDS [SESSIONS]]], whole numbers from 1");
    System.exit(EXIT_USAGE);
    throw new IllegalArgumentException();
  }

  private static int number(List<String> given, int place, int otherwise) {
    return given.size() > place ? Integer.parseInt(given.get(place)) : otherwise;
  }

  /**
   * Runs the experiment.
   *
   * @return handovers, requests, failed and why, events, eventsLost, eventsTwice, eventsOutOfOrder,
   *     streamsResumed, tasks, tasksCollectedElsewhere (began before a handover, collected after
   *     it); for each handover listeningMs (until the new process said that it listens), oldEndedMs
   *     (until the other one had ended), slowestMs (the slowest answer meanwhile) and requests; met
   */
  public static ObjectNode run(Settings settings) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("plumbline-handover");
    try {
      return new HandoverRun(settings, folder).run();
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private ObjectNode run() throws IOException, InterruptedException {
    ChildServer server = started(0);
    try {
      int port = server.port();
      HandoverLoad load = new HandoverLoad(port, tally);
      int clients = load.begin(settings.sessions());
      TimeUnit.SECONDS.sleep(settings.seconds());
      long before = tally.slowestMillis();
      for (int i = 0; i < settings.handovers(); i++) {
        server = handOver(server, port);
        TimeUnit.SECONDS.sleep(settings.seconds());
        var _ = tally.slowestMillis();
      }
      load.end();
      return result(clients, before);
    } finally {
      server.close();
    }
  }

  private ChildServer started(int port) throws IOException {
    return ChildServer.start(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"),
        List.of(
            "--port",
            Integer.toString(port),
            "--control-port",
            "0",
            "--fixture",
            "--store",
            "file:" + folder.resolve("sessions.db"),
            "--handover",
            folder.resolve("door").toString()));
  }

  /** The process that serves after it. */
  private ChildServer handOver(ChildServer old, int port) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long requests = tally.requests();
    ChildServer next = started(port);
    ObjectNode figures = each.addObject();
    try {
      var _ = next.port();
      tally.handedOver();
    } catch (IOException e) {
      next.close();
      figures.put("failed", "the new process did not take over");
      return old;
    }
    figures.put("listeningMs", millisSince(begun));
    boolean well = old.ended();
    figures.put("oldEndedMs", millisSince(begun));
    figures.put("slowestMs", tally.slowestMillis());
    figures.put("requests", tally.requests() - requests);
    old.close();
    if (well) {
      done++;
    } else {
      figures.put("failed", "the old process did not end well");
    }
    return next;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private ObjectNode result(int clients, long before) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("measure", "handover");
    json.put("handovers", done);
    json.put("handoversFailed", settings.handovers() - done);
    json.put("sessions", settings.sessions());
    json.put("clients", clients);
    tally.tell(json);
    json.put("slowestWithoutMs", before);
    json.set("each", each);
    json.put("met", tally.clean() && done == settings.handovers());
    return json;
  }
}

package dev.plumbline.server.measure;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.KillPoints;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.HandlerFault;
import dev.plumbline.server.domain.UnknownDomainException;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kills a domain, a transport, a handler and a session while many sessions ping over real sockets,
 * and counts the pings that fail where nothing was killed: there must be none. {@code IsolationRun
 * [SESSIONS [INTERVAL_MS]]}; one JSON object; exit code 1 when a ping failed elsewhere.
 */
public final class IsolationRun {
  private static final int SESSIONS = 1_000;
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** So many sessions ping on every other wire than HTTP. */
  private static final int OTHER_WIRES = 20;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_USAGE = 2;

  /**
   * What is done.
   *
   * @param sessions how many ping over HTTP
   * @param interval between two pings of one session
   * @param between so long after each kill the next follows
   */
  public record Settings(int sessions, Duration interval, Duration between) {}

  /** Something that was killed, who may notice, and until when. */
  private record Kill(String what, long atNanos, Predicate<Pinger> inside) {}

  private final Settings settings;
  private final ServerCore core;
  private final List<Pinger> pingers = new ArrayList<>();
  private final List<Kill> kills = new ArrayList<>();

  private IsolationRun(Settings settings, ServerCore core) {
    this.settings = settings;
    this.core = core;
  }

  /** Runs with a server in this process. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = settings(List.of(arguments));
    JsonNode result = run(settings);
    System.out.println(result);
    System.exit(result.path("failedElsewhere").asInt() == 0 ? 0 : EXIT_BROKEN);
  }

  private static Settings settings(List<String> given) {
    try {
      int sessions = given.isEmpty() ? SESSIONS : Integer.parseInt(given.getFirst());
      Duration interval =
          given.size() < 2 ? INTERVAL : Duration.ofMillis(Long.parseLong(given.get(1)));
      return new Settings(sessions, interval, Duration.ofSeconds(3));
    } catch (NumberFormatException e) {
      System.err.println("usage: IsolationRun [SESSIONS [INTERVAL_MS]], both whole numbers");
      System.exit(EXIT_USAGE);
      throw e;
    }
  }

  /**
   * Runs the experiment.
   *
   * @return sessions, pings, failedElsewhere, and for each kill restartMs (as the supervisor
   *     measured), outageMs (as the clients saw) and failedInside
   */
  public static ObjectNode run(Settings settings)
      throws IOException, InterruptedException, UnknownDomainException {
    ServerCard card = new ServerCard("isolation", "Isolation", "1", "Pings.");
    try (ServerCore core =
            new ServerCore(
                DemoCatalog.server(card), ServerContext.standard(), UnaryOperator.identity());
        HttpServer server =
            new HttpServer(
                core,
                new Network.Listeners(0, HttpSetup.PLAIN.withWebSocket(true), OptionalInt.of(0)),
                ControlSetup.onLoopback(0))) {
      return new IsolationRun(settings, core).run(server);
    }
  }

  private ObjectNode run(HttpServer server)
      throws IOException, InterruptedException, UnknownDomainException {
    int http = server.endpoint().getPort();
    int tcp = server.tcp().orElseThrow().getPort();
    open(Pinger.Kind.HTTP, http, settings.sessions());
    open(Pinger.Kind.TCP, tcp, OTHER_WIRES);
    open(Pinger.Kind.WEB_SOCKET, http, OTHER_WIRES);
    List<Thread> threads = pingers.stream().map(Thread::startVirtualThread).toList();
    Thread.sleep(settings.between());
    killAll();
    pingers.forEach(Pinger::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    return result();
  }

  private void open(Pinger.Kind kind, int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Pinger pinger = new Pinger(kind, port, settings.interval());
      pinger.open();
      pingers.add(pinger);
    }
  }

  private void killAll() throws InterruptedException, UnknownDomainException {
    KillPoints points = core.killPoints();
    Domains domains = core.domains();
    Pinger victim = pingers.getFirst();
    String session = victim.session().orElseThrow();
    FailureDomain domain = domains.of(session);
    kill(domain.name(), it -> inDomain(it, domain), () -> points.killDomain(domain.name()));
    kill("tcp", it -> it.kind() == Pinger.Kind.TCP, () -> points.killTransport("tcp"));
    kill(
        "websocket",
        it -> it.kind() == Pinger.Kind.WEB_SOCKET,
        () -> points.killTransport("websocket"));
    for (HandlerFault fault : List.of(HandlerFault.ERROR, HandlerFault.STACK_OVERFLOW)) {
      kill("handler " + fault.wire(), victim::equals, () -> points.failHandlers(fault, session, 1));
    }
    kill("session", victim::equals, () -> points.killSession(session));
    kill("http", it -> it.kind() == Pinger.Kind.HTTP, () -> points.killTransport("http"));
  }

  private interface Deed {
    void act() throws UnknownDomainException;
  }

  /** The session ids of duplex wires are not known here: they may be in any domain. */
  private boolean inDomain(Pinger pinger, FailureDomain domain) {
    return pinger
        .session()
        .map(id -> core.domains().of(id).equals(domain))
        .orElse(pinger.kind() != Pinger.Kind.HTTP);
  }

  private void kill(String what, Predicate<Pinger> inside, Deed deed)
      throws InterruptedException, UnknownDomainException {
    Set<Pinger> affected = new HashSet<>(pingers.stream().filter(inside).toList());
    kills.add(new Kill(what, System.nanoTime(), affected::contains));
    deed.act();
    Thread.sleep(settings.between());
  }

  private ObjectNode result() {
    long pings = 0;
    long failed = 0;
    for (Pinger pinger : pingers) {
      pings += pinger.pings().size();
      failed += pinger.pings().stream().filter(ping -> !ping.answered()).count();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sessions", pingers.size());
    json.put("pings", pings);
    ArrayNode each = json.putArray("killed");
    long inside = 0;
    for (int i = 0; i < kills.size(); i++) {
      long end = i + 1 < kills.size() ? kills.get(i + 1).atNanos() : Long.MAX_VALUE;
      inside += toJson(kills.get(i), end, each.addObject());
    }
    json.put("failedElsewhere", failed - inside);
    ObjectNode reasons = json.putObject("failures");
    failures().forEach(reasons::put);
    return json;
  }

  /** How many pings failed in which way. */
  private Map<String, Integer> failures() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Pinger pinger : pingers) {
      for (Pinger.Ping ping : pinger.pings()) {
        if (!ping.answered()) {
          counts.merge(ping.failure(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  /** Gives how many pings failed because of it. */
  private long toJson(Kill kill, long end, ObjectNode json) {
    long count = 0;
    long members = 0;
    long lastFailure = kill.atNanos();
    for (Pinger pinger : pingers) {
      if (!kill.inside().test(pinger)) {
        continue;
      }
      members++;
      for (Pinger.Ping ping : pinger.pings()) {
        // By its end: what was under way when it was killed is its own.
        boolean mine = ping.doneNanos() >= kill.atNanos() && ping.doneNanos() < end;
        if (mine && !ping.answered()) {
          count++;
          lastFailure = Math.max(lastFailure, ping.doneNanos());
        }
      }
    }
    json.put("what", kill.what());
    json.put("sessionsInside", members);
    json.put("failedInside", count);
    json.put("outageMs", (lastFailure - kill.atNanos()) / NANOS_PER_MILLI);
    JsonNode domain =
        core.context().telemetry().introspection().readItem("domains", kill.what()).orElse(null);
    if (domain != null) {
      json.put("restartMs", domain.path("last_restart_ms").asDouble());
      json.put("stateAtEnd", domain.path("state").asString());
      json.put("lastCause", domain.path("last_cause").asString());
      json.put("restarts", domain.path("restart_count").asInt());
    }
    return count;
  }
}

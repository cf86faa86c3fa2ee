package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.process.ServerProcess;
import dev.plumbline.perf.reliability.overload.Capacity.Found;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.ThroughputRecord.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How many messages a second a server answers, by their size, and how long it takes for those of
 * the named target at 0.8 of its capacity. Every answer is compared with what was sent.
 */
final class Throughput {
  /** The texts, in bytes; {@link ThroughputRecord#SEARCHED} is one of them. */
  private static final List<Integer> TEXTS = List.of(64, 1_024, 4_096, 65_536);

  private static final int LETTERS = 26;

  private final OverloadPlan plan;
  private final Path folder;
  private final Consumer<String> say;
  private final Capacity capacity;

  /**
   * @param folder where everything is written
   * @param say told what happens, a line at a time
   */
  Throughput(OverloadPlan plan, Path folder, Consumer<String> say) {
    this.plan = plan;
    this.folder = folder;
    this.say = say;
    this.capacity = new Capacity(plan, folder, say);
  }

  /** Starts the server, does everything, writes the record last. */
  void run() throws IOException, HarnessException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(plan.server())) {
      List<Payload> payloads = new ArrayList<>();
      Found found;
      Load sustained = Load.none();
      try (Flood flood = flood(server.endpoint(), ThroughputRecord.SEARCHED)) {
        flood.open();
        double busy = capacity.busy(flood);
        for (int bytes : TEXTS) {
          payloads.add(payload(server, bytes));
        }
        found = capacity.find(flood, busy);
        if (found.capacity() > 0) {
          sustained = capacity.sustained(server, flood, found.capacity());
        }
      }
      Json.write(
          folder.resolve(ThroughputRecord.FILE),
          new ThroughputRecord(
              ThroughputRecord.SCHEMA,
              payloads,
              found.busy(),
              found.steps(),
              found.capacity(),
              sustained,
              server.isAlive(),
              true));
    }
  }

  private Flood flood(URI endpoint, int bytes) throws IOException {
    String text = "\"" + text(bytes) + "\"";
    InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    return new Flood(
        address,
        List.of(Dialogue.stateless(endpoint, plan.tool(), "{\"text\":" + text + "}", text)),
        plan.connections(),
        Experiment.DEADLINE);
  }

  /** Letters without a pattern, always the same. */
  private static String text(int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    StringBuilder text = new StringBuilder(bytes);
    for (int i = 0; i < bytes; i++) {
      text.append((char) ('a' + random.nextInt(LETTERS)));
    }
    return text.toString();
  }

  private Payload payload(ServerProcess server, int bytes)
      throws IOException, InterruptedException {
    int seconds = (int) Math.ceil(plan.seconds());
    try (Flood flood = flood(server.endpoint(), bytes)) {
      flood.open();
      flood.run(saturating(plan.overtureSeconds()), Capacity.SECOND);
      Thread.sleep(Capacity.PAUSE);
      List<Neighbours.Taken> others = List.of();
      Tally tally;
      try (Neighbours watch = Capacity.neighbours(server, Capacity.SECOND, seconds)) {
        tally = flood.run(saturating(seconds), Capacity.SECOND);
        if (watch != null) {
          others = watch.end();
        }
      }
      double perSecond = tally.of(Fate.ANSWERED) / (double) seconds;
      say.accept("texts of " + bytes + " bytes: " + Math.round(perSecond) + "/s");
      return new Payload(bytes, plan.connections(), Kept.load(tally, perSecond, seconds), others);
    }
  }

  private Arrivals saturating(double seconds) {
    return Arrivals.saturating(plan.connections(), Capacity.seconds(seconds));
  }
}

package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.client.RawConnection;
import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Request;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.process.LiveHeap;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.process.ServerProcess;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Probe;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One overload experiment, from a server's start to its end. */
final class Experiment {
  /** A request has failed after this: a client gives up, and the server may not need so long. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final double SUSTAINED = 0.8;

  /** A server whose rate grew by no more than this is warm. */
  private static final double WARM = 1.03;

  /** Requests at a time that keep the server busy. */
  private static final int BUSY = 64;

  /** Between loads, so that none begins with what the one before left. */
  private static final Duration PAUSE = Duration.ofMillis(400);

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double NANOS = 1e9;

  private final OverloadPlan plan;
  private final Path folder;
  private final Consumer<String> say;

  /**
   * @param folder where everything is written
   * @param say told what happens, a line at a time
   */
  Experiment(OverloadPlan plan, Path folder, Consumer<String> say) {
    this.plan = plan;
    this.folder = folder;
    this.say = say;
  }

  /** What was found before the load. */
  private record Found(double busy, List<Step> steps, double capacity) {}

  /** Starts the server, does everything, writes the record last. */
  void run() throws IOException, HarnessException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(plan.server());
        Flood flood = flood(server.endpoint(), plan.connections());
        Flood probe = flood(server.endpoint(), Probing.CONNECTIONS)) {
      flood.open();
      probe.open();
      double busy = busy(flood);
      try (Supply supply = new Supply(server.endpoint(), plan.sessionStock(), plan.taskStock())) {
        say.accept("opening what the control requests will end");
        supply.fill();
        Found found = found(flood, busy);
        OverloadRecord record =
            found.capacity() == 0
                ? OverloadRecord.withoutCapacity(plan.part(), busy, found.steps())
                : loaded(server, flood, probe, supply, found);
        Json.write(folder.resolve(OverloadRecord.FILE), record);
      }
    }
  }

  private Flood flood(URI endpoint, int width) throws IOException {
    List<Request> requests = new ArrayList<>();
    Request alone = Dialogue.stateless(endpoint, plan.tool(), plan.arguments());
    try (RawConnection connection = new RawConnection(endpoint, OPEN_TIMEOUT)) {
      for (int i = 0; i < Math.min(plan.sessions(), width); i++) {
        String session = Dialogue.open(connection);
        requests.add(alone);
        requests.add(Dialogue.handshake(endpoint, session, plan.tool(), plan.arguments()));
      }
    }
    if (requests.isEmpty()) {
      requests.add(alone);
    }
    InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    return new Flood(address, requests, width, DEADLINE);
  }

  /** Keeps it busy until it gets no faster; what it answered a second then. */
  private double busy(Flood flood) throws IOException, InterruptedException {
    double before = 0;
    for (int i = 1; ; i++) {
      say.accept("warming up, " + i + " of at most " + OverloadPlan.WARM_UPS);
      Tally tally = flood.run(Arrivals.saturating(BUSY, seconds(plan.warmUpSeconds())), SECOND);
      double now = tally.of(Fate.ANSWERED) / plan.warmUpSeconds();
      // A server that still gets faster would be overloaded by less than it is said to be.
      if (now <= before * WARM || i == OverloadPlan.WARM_UPS) {
        return Math.max(now, before);
      }
      before = now;
    }
  }

  private Found found(Flood flood, double busy) throws IOException, InterruptedException {
    List<Step> steps = CapacitySearch.search(busy, plan.steps(), rate -> step(flood, rate));
    double capacity = CapacitySearch.capacity(steps);
    say.accept("busy " + whole(busy) + "/s, capacity " + whole(capacity) + "/s");
    return new Found(busy, steps, capacity);
  }

  private Step step(Flood flood, double rate) throws IOException, InterruptedException {
    Tally tally = flood.run(Arrivals.open(rate, seconds(plan.stepSeconds())), SECOND);
    double p99 = Kept.p99Millis(tally.answered());
    boolean all = tally.total() > 0 && tally.of(Fate.ANSWERED) == tally.total();
    Step step =
        new Step(
            rate,
            tally.total(),
            tally.of(Fate.ANSWERED),
            tally.of(Fate.REFUSED),
            p99,
            Kept.p99Millis(tally.lateness()),
            all && p99 <= plan.p99Millis());
    say.accept(
        String.format(
            Locale.ROOT,
            "step %.0f/s: %d of %d answered, %d refused, p99 %.2f ms%s",
            rate,
            step.answered(),
            step.due(),
            step.refused(),
            p99,
            step.borne() ? ", borne" : ""));
    Thread.sleep(PAUSE);
    return step;
  }

  private OverloadRecord loaded(
      ServerProcess server, Flood flood, Flood probe, Supply supply, Found found)
      throws IOException, HarnessException, InterruptedException {
    Load sustained = sustained(server, flood, found.capacity());
    double rate = plan.factor() * found.capacity();
    overture(flood, rate);
    long heapBefore = LiveHeap.bytes(server.pid(), folder.resolve("heap-before.txt"));
    Thread.sleep(PAUSE);
    String token = Files.readString(Path.of(plan.tokenFile())).strip();
    Controls controls = new Controls(server.control(), token, plan, supply, folder);
    controls.warmUp();
    Probe before = Probing.before(probe);
    say.accept("overload " + whole(rate) + "/s for " + whole(plan.seconds()) + " s");
    List<Lane.Counts> lanes;
    List<Probe> after;
    String stats;
    Load seen;
    try (Overload load = overload(server, flood, rate)) {
      load.awaitBegin();
      long start = System.nanoTime() + load.settling().toNanos();
      try (Witness _ = controls.witness(start)) {
        controls.begin();
        load.awaitEnd();
        after = Probing.after(probe, start);
        lanes = controls.awaitLanes();
        stats = controls.stats();
      }
      seen = load.result();
    }
    supply.close();
    say.accept("overload: " + said(seen));
    boolean alive = server.isAlive();
    long heapAfter = alive ? LiveHeap.bytes(server.pid(), folder.resolve("heap-after.txt")) : 0;
    return new OverloadRecord(
        OverloadRecord.SCHEMA,
        plan.part(),
        found.busy(),
        found.steps(),
        found.capacity(),
        sustained,
        seen,
        lanes,
        before,
        after,
        heapBefore,
        heapAfter,
        alive,
        stats,
        true);
  }

  private Load sustained(ServerProcess server, Flood flood, double capacity)
      throws IOException, InterruptedException {
    if (plan.sustainedSeconds() <= 0) {
      return Load.none();
    }
    double rate = SUSTAINED * capacity;
    say.accept("sustained " + whole(rate) + "/s for " + whole(plan.sustainedSeconds()) + " s");
    Duration interval = Kept.interval(plan.sustainedSeconds());
    int intervals = (int) seconds(plan.sustainedSeconds()).dividedBy(interval);
    List<Long> own = List.of(server.pid(), ProcessHandle.current().pid());
    Tally tally;
    try (Neighbours others = Neighbours.watch(own, interval, intervals).orElse(null)) {
      tally = flood.run(Arrivals.open(rate, seconds(plan.sustainedSeconds())), interval);
      if (others != null) {
        Json.write(folder.resolve(Others.FILE), new Others(interval.toMillis(), others.end()));
      }
    }
    keep(OverloadRecord.SUSTAINED_ANSWERED, tally.answered(), tally);
    keep(OverloadRecord.SUSTAINED_LATENESS, tally.lateness(), tally);
    Thread.sleep(PAUSE);
    return Kept.load(tally, rate, plan.sustainedSeconds());
  }

  private void overture(Flood flood, double rate) throws IOException, InterruptedException {
    if (plan.overtureSeconds() > 0) {
      flood.run(Arrivals.open(rate, seconds(plan.overtureSeconds())), SECOND);
      Thread.sleep(PAUSE);
    }
  }

  private Overload overload(ServerProcess server, Flood flood, double rate) throws IOException {
    if (!plan.gatling().isEmpty()) {
      return new GatlingOverload(plan, folder, server.endpoint(), rate);
    }
    return new FloodOverload(
        flood,
        Arrivals.open(rate, seconds(plan.seconds())),
        Kept.interval(plan.seconds()),
        tally -> {
          keep(OverloadRecord.ANSWERED, tally.answered(), tally);
          keep(OverloadRecord.REFUSED, tally.refused(), tally);
          keep(OverloadRecord.LATENESS, tally.lateness(), tally);
          return Kept.load(tally, rate, plan.seconds());
        });
  }

  private void keep(String name, List<org.HdrHistogram.Histogram> times, Tally tally)
      throws IOException {
    Kept.log(folder.resolve(name), plan.part() + " " + name, times, tally.interval());
  }

  private static String said(Load load) {
    return load.fates().entrySet().stream()
        .filter(fate -> fate.getValue() > 0)
        .map(fate -> fate.getValue() + " " + fate.getKey().meaning())
        .collect(Collectors.joining(", "));
  }

  private static long whole(double number) {
    return Math.round(number);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }
}

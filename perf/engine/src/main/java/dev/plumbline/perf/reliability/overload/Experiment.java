package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.client.RawConnection;
import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Request;
import dev.plumbline.perf.process.LiveHeap;
import dev.plumbline.perf.process.ServerProcess;
import dev.plumbline.perf.reliability.overload.Capacity.Found;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One overload experiment, from a server's start to its end. */
final class Experiment {
  /** A request has failed after this: a client gives up, and the server may not need so long. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

  private final OverloadPlan plan;
  private final Path folder;
  private final Consumer<String> say;
  private final Capacity capacity;

  /**
   * @param folder where everything is written
   * @param say told what happens, a line at a time
   */
  Experiment(OverloadPlan plan, Path folder, Consumer<String> say) {
    this.plan = plan;
    this.folder = folder;
    this.say = say;
    this.capacity = new Capacity(plan, folder, say);
  }

  /** Starts the server, does everything, writes the record last. */
  void run() throws IOException, HarnessException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(plan.server());
        Flood flood = flood(server.endpoint(), plan.connections());
        Flood probe = flood(server.endpoint(), Probing.CONNECTIONS)) {
      flood.open();
      probe.open();
      double busy = capacity.busy(flood);
      try (Supply supply = new Supply(server.endpoint(), plan.sessionStock(), plan.taskStock())) {
        say.accept("opening what the control requests will end");
        supply.fill();
        Found found = capacity.find(flood, busy);
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

  private OverloadRecord loaded(
      ServerProcess server, Flood flood, Flood probe, Supply supply, Found found)
      throws IOException, HarnessException, InterruptedException {
    Load sustained = capacity.sustained(server, flood, found.capacity());
    double rate = plan.factor() * found.capacity();
    overture(flood, rate);
    long heapBefore = LiveHeap.bytes(server.pid(), folder.resolve("heap-before.txt"));
    Thread.sleep(Capacity.PAUSE);
    String token = Files.readString(Path.of(plan.tokenFile())).strip();
    Controls controls = new Controls(server.control(), token, plan, supply, folder);
    controls.warmUp();
    Probe before = Probing.before(probe);
    say.accept("overload " + Math.round(rate) + "/s for " + Math.round(plan.seconds()) + " s");
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

  private void overture(Flood flood, double rate) throws IOException, InterruptedException {
    if (plan.overtureSeconds() > 0) {
      flood.run(Arrivals.open(rate, Capacity.seconds(plan.overtureSeconds())), Capacity.SECOND);
      Thread.sleep(Capacity.PAUSE);
    }
  }

  private Overload overload(ServerProcess server, Flood flood, double rate) throws IOException {
    if (!plan.gatling().isEmpty()) {
      return new GatlingOverload(plan, folder, server.endpoint(), rate);
    }
    return new FloodOverload(
        flood,
        Arrivals.open(rate, Capacity.seconds(plan.seconds())),
        Kept.interval(plan.seconds()),
        tally -> {
          capacity.keep(OverloadRecord.ANSWERED, tally.answered(), tally);
          capacity.keep(OverloadRecord.REFUSED, tally.refused(), tally);
          capacity.keep(OverloadRecord.LATENESS, tally.lateness(), tally);
          return Kept.load(tally, rate, plan.seconds());
        });
  }

  private static String said(Load load) {
    return load.fates().entrySet().stream()
        .filter(fate -> fate.getValue() > 0)
        .map(fate -> fate.getValue() + " " + fate.getKey().meaning())
        .collect(Collectors.joining(", "));
  }
}

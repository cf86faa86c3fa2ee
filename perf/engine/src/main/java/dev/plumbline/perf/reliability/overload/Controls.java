package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.perf.load.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Everything that is asked of the control port during an overload. */
final class Controls {
  private static final String HEALTH = "health";
  private static final String DRAIN = "drain";
  private static final String CANCEL = "cancel";

  private static final double NANOS = 1e9;

  private final URI control;
  private final String token;
  private final OverloadPlan plan;
  private final Supply supply;
  private final Path folder;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<FutureTask<Lane.Seen>> asking = new ArrayList<>();
  private final Duration interval;

  Controls(URI control, String token, OverloadPlan plan, Supply supply, Path folder) {
    this.interval = Kept.interval(plan.seconds());
    this.control = control;
    this.token = token;
    this.plan = plan;
    this.supply = supply;
    this.folder = folder;
  }

  private ControlClient client() {
    return new ControlClient(control, token, Lane.DEADLINE);
  }

  Witness witness(long start) {
    return new Witness(client(), folder.resolve(Witness.FILE), start);
  }

  /** Makes the lanes and lets each ask a few times without counting. */
  void warmUp() {
    lane(HEALTH, plan.healthPerSecond(), () -> Optional.of(new Lane.Ask("GET", "/livez")));
    lane(
        DRAIN,
        plan.drainsPerSecond(),
        () -> supply.session().map(id -> new Lane.Ask("POST", "/sessions/" + id + "/drain")));
    lane(
        CANCEL,
        plan.cancelsPerSecond(),
        () -> supply.task().map(id -> new Lane.Ask("POST", "/tasks/" + id + "/cancel")));
    lanes.forEach(Lane::warmUp);
  }

  private void lane(String name, double perSecond, Lane.Source source) {
    Duration length = Duration.ofNanos(Math.round(plan.seconds() * NANOS));
    lanes.add(
        new Lane(
            name,
            perSecond,
            length,
            interval,
            client(),
            source,
            response -> response.status() / 100 == 2,
            Ticker.system()));
  }

  /** Begins to ask, on a thread for each lane. */
  void begin() {
    for (Lane lane : lanes) {
      FutureTask<Lane.Seen> task = new FutureTask<>(lane);
      asking.add(task);
      Thread.ofPlatform().name("control-" + lane.name()).daemon().start(task);
    }
  }

  /** Waits for the ends of all lanes and keeps their times. */
  List<Lane.Counts> awaitLanes() throws IOException, HarnessException, InterruptedException {
    List<Lane.Counts> records = new ArrayList<>();
    for (FutureTask<Lane.Seen> lane : asking) {
      try {
        Lane.Seen seen = lane.get();
        String name = seen.record().name();
        seen.latency()
            .write(
                folder.resolve(OverloadRecord.lane(name)),
                "control requests, " + name,
                interval.toMillis());
        records.add(seen.record());
      } catch (ExecutionException e) {
        throw new HarnessException("asking the control port failed: " + e.getCause(), e);
      }
    }
    return records;
  }

  /** What the control plane says of itself; empty when it says nothing. */
  String stats() {
    try (ControlClient client = client()) {
      return client.read("/control").toString();
    } catch (IOException e) {
      return "";
    }
  }
}

package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.experiment.Background;
import dev.plumbline.chaos.experiment.Bench;
import dev.plumbline.chaos.experiment.Client;
import dev.plumbline.chaos.experiment.FaultPlan;
import dev.plumbline.chaos.experiment.FaultPlan.Proof;
import dev.plumbline.chaos.experiment.Lanes;
import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.proxy.FaultLink.Injection;
import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FM-24: the network becomes slow, first by 100 ms, then by a second, with jitter. Clients see that
 * and no more; the target itself is as fast as before; the alert on the latency objective fires and
 * clears.
 */
final class HighLatency {
  /** The jitter, as a share of the latency. */
  private static final double JITTER = 0.2;

  /** How much of the injected delay the taps must have seen. */
  private static final double WITNESSED = 0.8;

  private static final int LANES = 4;
  private static final long[] LATENCIES_MS = {100, 1_000};
  private static final double[] PERCENTS = {50, 95, 99};

  static final FailureMode MODE =
      new FailureMode(
          "FM-24",
          "A slow network adds its own delay and nothing else; the latency alert fires and clears",
          "fmea#FM-24",
          new Scores(5, 6, 3),
          List.of(plan(LATENCIES_MS[0]), plan(LATENCIES_MS[1])),
          new FailureMode.SteadyState(5, Duration.ofSeconds(10)),
          new FailureMode.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5)),
          "#edae49",
          Era.STATELESS,
          HighLatency::run,
          HighLatency::assess);

  private HighLatency() {}

  private static FaultPlan plan(long millis) {
    return new FaultPlan(
        "latency " + millis + " ms",
        List.of(latency(millis)),
        Proof.DELAY,
        millis * (1 - JITTER) * WITNESSED);
  }

  private static Injection latency(long millis) {
    return new Injection(Direction.DOWNSTREAM, new Toxic.Latency(millis, 0));
  }

  private static void run(FailureMode mode, Bench bench)
      throws TargetException, HarnessException, InterruptedException {
    boolean quick = bench.setup().profile() == Profile.QUICK;
    Duration calm = Duration.ofMillis(quick ? 1_000 : 5_000);
    List<Duration> lasts =
        quick
            ? List.of(Duration.ofMillis(1_200), Duration.ofMillis(2_600))
            : List.of(Duration.ofSeconds(10), Duration.ofSeconds(20));
    Map<String, Double> before = bench.health();
    Client direct = bench.direct();
    Lanes lanes = Lanes.open(bench, LANES);
    if (!bench.steady(mode.steady().within(), direct)
        || !bench.steady(mode.steady().within(), lanes.clients())) {
      return;
    }
    try (Background others = bench.background(direct, bench.setup().pace())) {
      if (!objectiveMet(mode, bench, lanes, calm)) {
        return;
      }
      for (int i = 0; i < mode.faults().size(); i++) {
        long nominal = LATENCIES_MS[i];
        Duration last = lasts.get(i);
        bench.during(mode.faults().get(i), lanes.ways(), () -> lanes.ask(last, jittered(nominal)));
      }
      // Until the slow answers have left the window of the alert.
      lanes.ask(bench.alertWindow().plus(bench.alertWindow().dividedBy(2)), (lane, dice) -> 0);
    }
    bench.fresh(lanes.ways().getFirst());
    direct.ask();
    bench.endClients();
    bench.drained(before);
  }

  /** Part of the steady state: the alert this is about must be quiet before. */
  private static boolean objectiveMet(FailureMode mode, Bench bench, Lanes lanes, Duration calm)
      throws HarnessException, InterruptedException {
    long deadline = System.nanoTime() + mode.steady().within().toNanos();
    double objective = bench.setup().objective().toMillis();
    while (Statistics.percentile(latencies(lanes.ask(calm, (lane, dice) -> 0)), 95) > objective) {
      if (System.nanoTime() > deadline) {
        return false;
      }
    }
    return true;
  }

  /** The jitter is drawn here, from the seed: the real proxy's is not reproducible. */
  private static Lanes.Delay jittered(long nominal) {
    long jitter = (long) (nominal * JITTER);
    return (way, dice) -> {
      long drawn = nominal + dice.nextLong(-jitter, jitter + 1);
      way.adjust(latency(drawn));
      return drawn;
    };
  }

  private static void assess(Story story, Conclusion conclusion) {
    double[] proxied = latencies(story.samples(Lane.PROXIED, Phase.BEFORE));
    double[] direct = latencies(story.samples(Lane.DIRECT, Phase.BEFORE));
    for (Entry.Fault fault : story.all(Entry.Fault.class)) {
      shift(story, fault, proxied, conclusion);
      server(story, fault, direct, conclusion);
    }
    alert(story, conclusion);
  }

  private static double[] latencies(List<Sample> samples) {
    return samples.stream().filter(Sample::ok).mapToDouble(Sample::latencyMs).toArray();
  }

  /** p50, p95 and p99 move by the injected delay only. */
  private static void shift(
      Story story, Entry.Fault fault, double[] before, Conclusion conclusion) {
    List<Sample> during = story.samples(Lane.PROXIED, fault);
    List<Sample> failed = during.stream().filter(s -> !s.ok()).toList();
    if (!failed.isEmpty()) {
      conclusion.broken(
          "requests fail when the network is slow",
          "a result, later by the delay of the network",
          failed.size() + " of " + during.size() + " ended as " + failed.getFirst().outcome(),
          "do not close connections or sessions because an answer is taken slowly");
    }
    double[] slow = latencies(during);
    double[] injected = during.stream().mapToDouble(Sample::injectedMs).toArray();
    for (double percent : PERCENTS) {
      double excess =
          Statistics.percentile(slow, percent)
              - Statistics.percentile(before, percent)
              - Statistics.percentile(injected, percent);
      String name = "p" + (int) percent + " beyond the injected delay, " + fault.label();
      if (slow.length * (100 - percent) < 100) {
        // Of so few, this percentile is the maximum: worth knowing, no ground for a verdict.
        conclusion.measured(Measurement.of(name, Statistics.rounded(excess), "ms", slow.length));
        continue;
      }
      double limit = story.header().planned(percent <= 50 ? "shiftMedianMs" : "shiftTailMs");
      conclusion.measured(
          Measurement.atMost(name, Statistics.rounded(excess), "ms", limit, slow.length));
      if (!(excess <= limit)) {
        conclusion.missing(
            name + " is " + Statistics.rounded(excess) + " ms: too noisy to tell the delay apart");
      }
    }
  }

  /** Measured past the proxy, the target is as fast as before. */
  private static void server(
      Story story, Entry.Fault fault, double[] before, Conclusion conclusion) {
    List<Sample> during = story.samples(Lane.DIRECT, fault);
    double[] now = latencies(during);
    double shift = Statistics.percentile(now, 50) - Statistics.percentile(before, 50);
    double limit = story.header().planned("serverMedianMs");
    conclusion.measured(
        Measurement.atMost(
            "median of the target itself moved, " + fault.label(),
            Statistics.rounded(shift),
            "ms",
            limit,
            now.length));
    if (now.length == 0) {
      conclusion.missing("no request straight to the target, " + fault.label());
    } else if (now.length < during.size() || shift > limit) {
      conclusion.broken(
          "the target itself becomes slow when the network of some clients is",
          "the same latency on the direct path, at most " + limit + " ms more at the median",
          "median moved by "
              + Statistics.rounded(shift)
              + " ms; "
              + (during.size() - now.length)
              + " requests failed",
          "serve each connection independently: slow readers must not hold threads or locks");
    }
  }

  private static void alert(Story story, Conclusion conclusion) {
    double slo = story.header().planned("sloP95Ms");
    List<Sample> done =
        story.samples(Lane.PROXIED).stream()
            .sorted(Comparator.comparingDouble(Sample::doneMs))
            .toList();
    SloAlert alert = new SloAlert(slo, story.header().planned("alertWindowMs"));
    Optional<Entry.Fault> first = story.all(Entry.Fault.class).stream().findFirst();
    double from = first.map(Entry.Fault::startMs).orElse(0.0) - alert.windowMs();
    List<Sample> quiet =
        story.samples(Lane.PROXIED, Phase.BEFORE).stream()
            .filter(sample -> sample.doneMs() > from)
            .toList();
    double p95 = Statistics.percentile(latencies(quiet), 95);
    conclusion.measured(
        Measurement.of(
            "latency p95 before the fault", Statistics.rounded(p95), "ms", quiet.size()));
    if (first.isEmpty() || !(p95 <= slo)) {
      conclusion.missing("the target is slower than the objective without any fault");
      return;
    }
    Entry.Fault slowest = story.all(Entry.Fault.class).getLast();
    Entry.Heal heal = story.all(Entry.Heal.class).getLast();
    Optional<Double> fired = alert.firstFiring(done, slowest.startMs());
    Common.detection(story, conclusion, List.of(fired.map(at -> at - slowest.startMs())));
    if (fired.isPresent()) {
      Optional<Double> cleared = alert.firstQuiet(done, Math.max(heal.endMs(), fired.get()));
      Common.recovery(story, conclusion, List.of(cleared.map(at -> at - heal.endMs())));
    }
  }
}

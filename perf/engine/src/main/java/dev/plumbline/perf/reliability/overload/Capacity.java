package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.process.ServerProcess;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a server bears (C2), and how long its answers take at 0.8 of that (C3). */
final class Capacity {
  /** Between loads, so that none begins with what the one before left. */
  static final Duration PAUSE = Duration.ofMillis(400);

  static final Duration SECOND = Duration.ofSeconds(1);

  private static final double SUSTAINED = 0.8;

  /** A server whose rate grew by no more than this is warm. */
  private static final double WARM = 1.03;

  /** Requests at a time that keep the server busy. */
  private static final int BUSY = 64;

  private static final double NANOS = 1e9;

  private final OverloadPlan plan;
  private final Path folder;
  private final Consumer<String> say;

  /**
   * @param folder where everything is written
   * @param say told what happens, a line at a time
   */
  Capacity(OverloadPlan plan, Path folder, Consumer<String> say) {
    this.plan = plan;
    this.folder = folder;
    this.say = say;
  }

  /** What was found before any other load. */
  record Found(double busy, List<Step> steps, double capacity) {}

  /** Keeps it busy until it gets no faster; what it answered a second then. */
  double busy(Flood flood) throws IOException, InterruptedException {
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

  /** Searches. */
  Found find(Flood flood, double busy) throws IOException, InterruptedException {
    List<Step> steps = CapacitySearch.search(busy, plan.steps(), rate -> step(flood, rate));
    double capacity = CapacitySearch.capacity(steps);
    say.accept("busy " + Math.round(busy) + "/s, capacity " + Math.round(capacity) + "/s");
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

  /** Requests at 0.8 of the capacity; none when the plan leaves that out. */
  Load sustained(ServerProcess server, Flood flood, double capacity)
      throws IOException, InterruptedException {
    if (plan.sustainedSeconds() <= 0) {
      return Load.none();
    }
    double rate = SUSTAINED * capacity;
    say.accept(
        "sustained " + Math.round(rate) + "/s for " + Math.round(plan.sustainedSeconds()) + " s");
    Duration interval = Kept.interval(plan.sustainedSeconds());
    int intervals = (int) seconds(plan.sustainedSeconds()).dividedBy(interval);
    Tally tally;
    try (Neighbours others = neighbours(server, interval, intervals)) {
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

  /** Watches whoever is neither the server nor the generator; null where that cannot be seen. */
  static @Nullable Neighbours neighbours(ServerProcess server, Duration interval, int intervals) {
    List<Long> own = List.of(server.pid(), ProcessHandle.current().pid());
    return Neighbours.watch(own, interval, intervals).orElse(null);
  }

  /** Writes the times of a load. */
  void keep(String name, List<Histogram> times, Tally tally) throws IOException {
    Kept.log(folder.resolve(name), plan.part() + " " + name, times, tally.interval());
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }
}

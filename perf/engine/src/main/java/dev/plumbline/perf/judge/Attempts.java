package dev.plumbline.perf.judge;

import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.raw.Scenario;
import dev.plumbline.perf.slo.Slo;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Several attempts at one objective, seen as one.
 *
 * @param scenarios the attempts
 */
record Attempts(List<Scenario> scenarios) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Whether the generator kept its schedule well enough for the attempt to count: the p99 of its
   * own lateness is within the objective's limit.
   */
  static boolean healthy(Scenario scenario, Slo slo) {
    return latenessMillis(scenario) <= slo.latenessMillis();
  }

  static double latenessMillis(Scenario scenario) {
    return millis(scenario.lateness().getValueAtPercentile(99));
  }

  /** The attempts that count. */
  Attempts healthy(Slo slo) {
    return new Attempts(scenarios.stream().filter(s -> healthy(s, slo)).toList());
  }

  Histogram latency() {
    return sum(scenarios.stream().map(Scenario::latency).toList());
  }

  Histogram service() {
    return sum(scenarios.stream().map(Scenario::service).toList());
  }

  Histogram lateness() {
    return sum(scenarios.stream().map(Scenario::lateness).toList());
  }

  long due() {
    return scenarios.stream().mapToLong(s -> s.seen().due()).sum();
  }

  long ok() {
    return scenarios.stream().mapToLong(s -> s.seen().ok()).sum();
  }

  long waited() {
    return scenarios.stream().mapToLong(s -> s.seen().waited()).sum();
  }

  Map<Outcome, Long> outcomes() {
    Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
    for (Scenario scenario : scenarios) {
      scenario.seen().outcomes().forEach((outcome, n) -> sum.merge(outcome, n, Long::sum));
    }
    return sum;
  }

  private static Histogram sum(List<Histogram> parts) {
    Histogram sum = IntervalLog.histogram();
    parts.forEach(sum::add);
    return sum;
  }

  /** Milliseconds with three decimals. */
  static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
  }
}

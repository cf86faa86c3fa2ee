package dev.plumbline.server.control;

import dev.plumbline.server.config.ControlSettings;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What became of the messages, by priority: counts and times, as statistics and as metrics. */
final class Ledger {
  private static final double[] BUCKETS = {
    0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1
  };
  private static final long NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<Priority, Entry> entries = new EnumMap<>(Priority.class);
  private final Counter refusals;

  /** The messages of one priority. */
  private record Entry(
      LongAdder delivered,
      LongAdder refused,
      LongAdder violations,
      Latencies dispatch,
      Latencies whole,
      CounterDataPoint deliveredMetric,
      CounterDataPoint violationsMetric,
      DistributionDataPoint dispatchMetric) {}

  Ledger(PrometheusRegistry metrics) {
    Counter delivered =
        Counter.builder()
            .name("plumbline_control_messages_total")
            .help("Control messages that their component handled.")
            .labelNames("type")
            .register(metrics);
    Counter violations =
        Counter.builder()
            .name("plumbline_control_slo_violations_total")
            .help("Control messages that were answered later than their objective.")
            .labelNames("type")
            .register(metrics);
    Histogram dispatch =
        Histogram.builder()
            .name("plumbline_control_dispatch_seconds")
            .unit(Unit.SECONDS)
            .help("From the arrival of a control message to the call of its handler.")
            .labelNames("type")
            .classicUpperBounds(BUCKETS)
            .classicOnly()
            .register(metrics);
    this.refusals =
        Counter.builder()
            .name("plumbline_control_refused_total")
            .help("Control messages that were answered without their component.")
            .labelNames("type", "reason")
            .register(metrics);
    for (Priority priority : Priority.values()) {
      String type = priority.wire();
      entries.put(
          priority,
          new Entry(
              new LongAdder(),
              new LongAdder(),
              new LongAdder(),
              new Latencies(),
              new Latencies(),
              delivered.labelValues(type),
              violations.labelValues(type),
              dispatch.labelValues(type)));
    }
  }

  private Entry entry(Priority priority) {
    return Objects.requireNonNull(entries.get(priority));
  }

  /** The time within which a message of this priority is to be answered (C1). */
  static Duration objective(Priority priority, ControlSettings control) {
    return switch (priority) {
      case CIRCUIT_BREAKER -> control.breaker();
      case HEALTH -> control.health();
      case DRAIN -> control.drain();
      case CANCEL -> control.cancel();
    };
  }

  /** A message was handled; true when that took longer than the objective. */
  boolean delivered(
      Priority priority, long dispatchNanos, long wholeNanos, long now, Duration objective) {
    Entry entry = entry(priority);
    entry.delivered().increment();
    entry.deliveredMetric().inc();
    entry.dispatch().record(dispatchNanos, now);
    entry.dispatchMetric().observe(dispatchNanos / NANOS_PER_SECOND);
    entry.whole().record(wholeNanos, now);
    boolean late = wholeNanos > objective.toNanos();
    if (late) {
      entry.violations().increment();
      entry.violationsMetric().inc();
    }
    return late;
  }

  /** A message was answered without its component. */
  void refused(Priority priority, Refusal cause) {
    entry(priority).refused().increment();
    refusals.labelValues(priority.wire(), cause.wire()).inc();
  }

  /** What can be said of all priorities together since the start. */
  ControlStats.Percentiles whole() {
    return ControlStats.Percentiles.of(
        Latencies.sinceStart(entries.values().stream().map(Entry::whole).toList()));
  }

  /** The same from arrival to the call of the handler. */
  ControlStats.Percentiles dispatch() {
    return ControlStats.Percentiles.of(
        Latencies.sinceStart(entries.values().stream().map(Entry::dispatch).toList()));
  }

  /** What can be said of a priority now. */
  ControlStats.ByType stats(Priority priority, int waiting, Duration objective, long now) {
    Entry entry = entry(priority);
    return new ControlStats.ByType(
        priority,
        objective.toNanos() / NANOS_PER_MICRO,
        entry.delivered().sum(),
        entry.refused().sum(),
        entry.violations().sum(),
        waiting,
        ControlStats.Percentiles.of(entry.dispatch().sinceStart()),
        ControlStats.Percentiles.of(entry.dispatch().lastMinute(now)),
        ControlStats.Percentiles.of(entry.whole().sinceStart()),
        ControlStats.Percentiles.of(entry.whole().lastMinute(now)));
  }
}

package dev.plumbline.server.control;

import java.time.Duration;
import java.util.Collection;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/** How long something took: since the start, and in the last minute. Safe for several threads. */
final class Latencies {
  /** The window, in slots that are forgotten as a whole. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int SLOTS = 12;
  private static final long SLOT_NANOS = WINDOW.toNanos() / SLOTS;
  private static final long LEAST_NANOS = 1_000;
  private static final long MOST_NANOS = Duration.ofMinutes(2).toNanos();
  private static final double MICROS = 1e3;

  private final Histogram always = new Histogram(LEAST_NANOS, MOST_NANOS, 3);
  private final AbstractHistogram[] slots = new AbstractHistogram[SLOTS];
  private final long[] slotNumbers = new long[SLOTS];

  /**
   * What can be said of a time, in microseconds.
   *
   * @param count how many were measured
   */
  record Summary(long count, double p50, double p95, double p99, double max) {}

  Latencies() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new IntCountsHistogram(LEAST_NANOS, MOST_NANOS, 2);
    }
  }

  synchronized void record(long nanos, long nowNanos) {
    long value = Math.clamp(nanos, 0, MOST_NANOS);
    always.recordValue(value);
    long number = Math.floorDiv(nowNanos, SLOT_NANOS);
    int index = (int) Math.floorMod(number, (long) SLOTS);
    if (slotNumbers[index] != number) {
      slotNumbers[index] = number;
      slots[index].reset();
    }
    slots[index].recordValue(value);
  }

  synchronized Summary sinceStart() {
    return summary(always);
  }

  /** Several together. */
  static Summary sinceStart(Collection<Latencies> parts) {
    Histogram sum = new Histogram(LEAST_NANOS, MOST_NANOS, 3);
    parts.forEach(part -> part.addTo(sum));
    return summary(sum);
  }

  private synchronized void addTo(Histogram sum) {
    sum.add(always);
  }

  synchronized Summary lastMinute(long nowNanos) {
    long number = Math.floorDiv(nowNanos, SLOT_NANOS);
    Histogram sum = new Histogram(LEAST_NANOS, MOST_NANOS, 2);
    for (int i = 0; i < SLOTS; i++) {
      if (number - slotNumbers[i] < SLOTS) {
        sum.add(slots[i]);
      }
    }
    return summary(sum);
  }

  private static Summary summary(AbstractHistogram histogram) {
    return new Summary(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / MICROS,
        histogram.getValueAtPercentile(95) / MICROS,
        histogram.getValueAtPercentile(99) / MICROS,
        histogram.getMaxValue() / MICROS);
  }
}

package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.journal.Entry.Sample;
import java.util.List;
import java.util.Optional;

/**
 * An alert on a latency objective (R275): it fires while the 95th percentile of the answers of the
 * last while is above the limit.
 *
 * @param limitMs the objective for p95, milliseconds
 * @param windowMs how far back the alert looks, milliseconds
 */
record SloAlert(double limitMs, double windowMs) {
  /** With fewer answers in its window the alert stays as it is. */
  static final int MIN_SAMPLES = 5;

  private static final double PERCENT = 95;

  /** When it first fires at or after a moment; the samples are in the order of their ends. */
  Optional<Double> firstFiring(List<Sample> done, double fromMs) {
    return first(done, fromMs, true);
  }

  /** When it is first quiet at or after a moment. */
  Optional<Double> firstQuiet(List<Sample> done, double fromMs) {
    return first(done, fromMs, false);
  }

  private Optional<Double> first(List<Sample> done, double fromMs, boolean firing) {
    for (Sample sample : done) {
      double at = sample.doneMs();
      if (at < fromMs) {
        continue;
      }
      double[] window =
          done.stream()
              .filter(s -> s.doneMs() <= at && s.doneMs() > at - windowMs)
              .mapToDouble(Sample::latencyMs)
              .toArray();
      if (window.length >= MIN_SAMPLES
          && Statistics.percentile(window, PERCENT) > limitMs == firing) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}

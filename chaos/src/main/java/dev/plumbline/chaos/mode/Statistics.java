package dev.plumbline.chaos.mode;

import java.util.Arrays;

/** Order statistics of few numbers. */
final class Statistics {
  private Statistics() {}

  /** The nearest-rank percentile; NaN of nothing. */
  static double percentile(double[] values, double percent) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(1, rank) - 1];
  }

  /** Rounded to microseconds when the value is in milliseconds. */
  static double rounded(double value) {
    return Math.rint(value * 1_000) / 1_000;
  }
}

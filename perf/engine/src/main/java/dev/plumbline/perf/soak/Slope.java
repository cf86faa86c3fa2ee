package dev.plumbline.perf.soak;

import java.util.List;

/**
 * A straight line through samples, by least squares.
 *
 * @param perUnit its slope
 * @param error the slope's standard error
 */
record Slope(double perUnit, double error) {
  /** Two-sided 95 % of a normal distribution. */
  private static final double TWO_SIGMA = 1.96;

  /**
   * One sample.
   *
   * @param x how much work was done
   * @param y what was measured then
   */
  record Sample(double x, double y) {}

  /**
   * Fits the line.
   *
   * @throws IllegalArgumentException for fewer than three samples
   */
  static Slope of(List<Sample> samples) {
    int n = samples.size();
    if (n < 3) {
      throw new IllegalArgumentException("a slope with an error needs three samples, not " + n);
    }
    double meanX = samples.stream().mapToDouble(Sample::x).average().orElseThrow();
    double meanY = samples.stream().mapToDouble(Sample::y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (Sample sample : samples) {
      xx += (sample.x() - meanX) * (sample.x() - meanX);
      xy += (sample.x() - meanX) * (sample.y() - meanY);
    }
    double slope = xy / xx;
    double residuals = 0;
    for (Sample sample : samples) {
      double fitted = meanY + slope * (sample.x() - meanX);
      residuals += (sample.y() - fitted) * (sample.y() - fitted);
    }
    return new Slope(slope, Math.sqrt(residuals / (n - 2) / xx));
  }

  /** The upper end of the 95 % interval. */
  double upper() {
    return perUnit + TWO_SIGMA * error;
  }
}

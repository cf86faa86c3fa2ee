package dev.plumbline.perf.judge;

/** How sure an observed share of failures is (decision C4). */
public final class Binomial {
  /** The chance that the true share lies above the bound. */
  static final double ALPHA = 0.05;

  private static final int STEPS = 60;

  private Binomial() {}

  /**
   * The one-sided 95 % upper bound (Clopper and Pearson) of a share: zero failures in n attempts
   * bound it at about 3/n.
   *
   * @param failures observed failures, 0 to {@code attempts}
   * @param attempts at least 1
   */
  public static double upperBound(long failures, long attempts) {
    if (attempts < 1 || failures < 0 || failures > attempts) {
      throw new IllegalArgumentException(failures + " failures in " + attempts + " attempts");
    }
    if (failures == attempts) {
      return 1;
    }
    double low = (double) failures / attempts;
    double high = 1;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (atMost(failures, attempts, middle) > ALPHA) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** P(X ≤ failures) for that share; StrictMath, so that every machine gets the same digits. */
  private static double atMost(long failures, long attempts, double share) {
    if (share >= 1) {
      return 0;
    }
    double logTerm = attempts * StrictMath.log1p(-share);
    double logOdds = StrictMath.log(share) - StrictMath.log1p(-share);
    double sum = StrictMath.exp(logTerm);
    for (long k = 1; k <= failures; k++) {
      logTerm += logOdds + StrictMath.log((double) (attempts - k + 1) / k);
      sum += StrictMath.exp(logTerm);
    }
    return sum;
  }
}

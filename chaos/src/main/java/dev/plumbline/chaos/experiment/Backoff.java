package dev.plumbline.chaos.experiment;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Exponential backoff with full jitter: {@code random(0, min(cap, base × 2^n))}. The jitter is
 * drawn over the whole interval, not added inside the minimum, or all clients would meet again at
 * the cap (FM-25).
 *
 * @param base the first ceiling
 * @param cap no wait is longer
 */
public record Backoff(Duration base, Duration cap) {
  /** The cap of R274. */
  public static final Duration CAP = Duration.ofSeconds(16);

  /** Beyond this many doublings every ceiling is the cap. */
  private static final int MAX_DOUBLINGS = 32;

  /**
   * @throws IllegalArgumentException when the base is not positive or above the cap
   */
  public Backoff {
    if (base.isNegative() || base.isZero() || base.compareTo(cap) > 0) {
      throw new IllegalArgumentException("base " + base + " must be within 0 and cap " + cap);
    }
  }

  /** The longest wait before repetition {@code n}, counted from 0. */
  public Duration ceiling(int n) {
    Duration doubled = base.multipliedBy(1L << Math.min(n, MAX_DOUBLINGS));
    return doubled.compareTo(cap) < 0 ? doubled : cap;
  }

  /** A wait before repetition {@code n}. */
  public Duration draw(int n, SplittableRandom random) {
    return Duration.ofNanos((long) (random.nextDouble() * ceiling(n).toNanos()));
  }
}

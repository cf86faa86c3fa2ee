package dev.plumbline.perf.load;

import java.time.Duration;

/**
 * Arrivals at a constant rate, known before the first one: the intended start of a request depends
 * on its number only, never on an answer. The first {@link #warmUpCount()} requests warm the target
 * up and are not measured.
 *
 * @param perSecond arrivals a second, above 0
 * @param warmUp how long to warm up
 * @param measured how long to measure after that
 */
public record ConstantRate(double perSecond, Duration warmUp, Duration measured) {
  /** A schedule with more requests is refused: every request has its place in memory. */
  public static final int MAX_REQUESTS = 5_000_000;

  private static final double NANOS = 1e9;

  /**
   * @throws IllegalArgumentException when the rate or the time is not positive, or when there would
   *     be no or too many requests
   */
  public ConstantRate {
    if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("a rate must be above 0, not " + perSecond);
    }
    if (warmUp.isNegative() || !measured.isPositive()) {
      throw new IllegalArgumentException("a schedule needs time to measure in");
    }
    double total = Math.floor(perSecond * warmUp.plus(measured).toNanos() / NANOS);
    if (total > MAX_REQUESTS) {
      throw new IllegalArgumentException(
          "a schedule has at most " + MAX_REQUESTS + " requests: lower the rate or the time");
    }
    if (Math.floor(perSecond * measured.toNanos() / NANOS) < 1) {
      throw new IllegalArgumentException("the schedule holds no request: raise the rate");
    }
  }

  /** All requests. */
  public int count() {
    return warmUpCount() + measuredCount();
  }

  /** The requests before measuring begins. */
  public int warmUpCount() {
    return (int) Math.floor(perSecond * warmUp.toNanos() / NANOS);
  }

  /** The requests that are measured. */
  public int measuredCount() {
    return (int) Math.floor(perSecond * measured.toNanos() / NANOS);
  }

  /**
   * When a request is due, in nanoseconds since the schedule's start. Computed from the number
   * alone, so that no error adds up.
   *
   * @param index the request's number, from 0
   */
  public long intendedNanos(int index) {
    return (long) (index * (NANOS / perSecond));
  }

  /** When the first measured request is due. */
  public long measuringFromNanos() {
    return intendedNanos(warmUpCount());
  }
}

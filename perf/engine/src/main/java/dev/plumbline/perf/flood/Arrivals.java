package dev.plumbline.perf.flood;

import java.time.Duration;

/**
 * When requests are due.
 *
 * @param perSecond arrivals a second, above 0; infinite when a next request is due as soon as one
 *     of {@code inFlight} has ended
 * @param inFlight at most so many unanswered at once; no limit but the connections for an open
 *     model
 * @param length how long requests arrive
 */
public record Arrivals(double perSecond, int inFlight, Duration length) {
  private static final double NANOS = 1e9;

  /**
   * @throws IllegalArgumentException when a number is not positive
   */
  public Arrivals {
    if (!(perSecond > 0) || inFlight < 1 || !length.isPositive()) {
      throw new IllegalArgumentException("arrivals need a rate, a width and a length above 0");
    }
  }

  /** Arrivals at a constant rate, whatever becomes of them (open model). */
  public static Arrivals open(double perSecond, Duration length) {
    if (Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException("an open model needs a rate");
    }
    return new Arrivals(perSecond, Integer.MAX_VALUE, length);
  }

  /** The next request whenever one of {@code inFlight} has ended (closed model). */
  public static Arrivals saturating(int inFlight, Duration length) {
    return new Arrivals(Double.POSITIVE_INFINITY, inFlight, length);
  }

  /** True when arrivals do not depend on answers. */
  public boolean isOpen() {
    return !Double.isInfinite(perSecond);
  }

  /** How many requests are due; as many as there is time for in a closed model. */
  public long count() {
    return isOpen() ? (long) Math.floor(perSecond * length.toNanos() / NANOS) : Long.MAX_VALUE;
  }

  /** When a request is due, in nanoseconds after the first; computed from its number alone. */
  public long dueNanos(long index) {
    return isOpen() ? (long) (index * (NANOS / perSecond)) : 0;
  }
}

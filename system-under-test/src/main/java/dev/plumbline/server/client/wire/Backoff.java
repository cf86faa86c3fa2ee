package dev.plumbline.server.client.wire;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Waiting times that double, each drawn evenly between zero and its limit (full jitter). */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int MAX_DOUBLINGS = 16;

  private final DoubleSupplier random;
  private int attempt;

  /** Waits drawn with numbers in [0, 1). */
  public Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** The next wait. */
  public Duration next() {
    long limit = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(attempt, MAX_DOUBLINGS));
    attempt++;
    return Duration.ofNanos((long) (limit * random.getAsDouble()));
  }

  /** Starts over, after a success. */
  public void reset() {
    attempt = 0;
  }
}

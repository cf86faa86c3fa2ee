package dev.plumbline.server.limit;

import dev.plumbline.server.config.BreakerSettings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failures that a circuit breaker saw lately (C8): its own calls', never more of them than open
 * it, and those that whoever watches the dependency tells of. Not safe for several threads: belongs
 * to the lock of its breaker.
 */
final class FailureWindow {
  private final Deque<Failure> own = new ArrayDeque<>();
  private int told;
  private @Nullable Instant last;

  /**
   * A failure.
   *
   * @param atNanos when
   * @param successes how many calls had succeeded by then
   */
  private record Failure(long atNanos, long successes) {}

  /** A call failed now. */
  void add(long nanos, long successes, Instant now, BreakerSettings limits) {
    last = now;
    own.addLast(new Failure(nanos, successes));
    while (own.size() > limits.failures()) {
      own.removeFirst();
    }
    forget(nanos, limits);
  }

  /** A call of before the last change failed: it counts for nothing, but it did fail. */
  void late(Instant now) {
    last = now;
  }

  /** Others saw so many failures just now. */
  void told(int failures, Instant now) {
    told = failures;
    if (failures > 0) {
      last = now;
    }
  }

  private void forget(long nanos, BreakerSettings limits) {
    while (!own.isEmpty() && nanos - own.getFirst().atNanos() >= limits.window().toNanos()) {
      own.removeFirst();
    }
  }

  /** True when the calls that failed open the breaker. */
  boolean enough(BreakerSettings limits) {
    return own.size() >= limits.failures();
  }

  /** True when at least one call succeeded between any two of the failures, on average. */
  boolean outnumbered() {
    long between = own.getLast().successes() - own.getFirst().successes();
    return between >= own.size() - 1;
  }

  /** How many failures are known of, those that fell out of the window apart. */
  int count(long nanos, BreakerSettings limits) {
    forget(nanos, limits);
    return own.size() + told;
  }

  /** When a call failed last. */
  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  /** Begins anew; when a call failed last is still known. */
  void clear() {
    own.clear();
    told = 0;
  }
}

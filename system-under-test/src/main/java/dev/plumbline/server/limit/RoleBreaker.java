package dev.plumbline.server.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The breaker of a role, as a gate before its permits. The overload monitor trips it when the role
 * was full; while it is open new work of the role is refused at once. What it waits for can be
 * seen: as soon as the queue has fallen below the level at which alerts end, work is tried again,
 * without the blind wait. So the queue never runs empty while there is demand, and a queue that
 * does not move stays shut. A probe succeeds when it gets a permit.
 */
final class RoleBreaker implements RolePermits.Gate {
  private static final int PERCENT = 100;

  private final RolePermits permits;
  private final CircuitBreaker breaker;
  private final IntSupplier relievedAt;
  private long exceededBefore;

  /**
   * Puts the gate before the permits.
   *
   * @param relievedAt the level below which the role is tried again, in percent of its cap
   */
  RoleBreaker(RolePermits permits, CircuitBreaker breaker, IntSupplier relievedAt) {
    this.permits = permits;
    this.breaker = breaker;
    this.relievedAt = relievedAt;
    permits.guard(this);
  }

  /** The role was full; what it turned away since this was last said are the failures. */
  synchronized void trip() {
    long exceeded = permits.exceeded();
    breaker.trip((int) Math.min(exceeded - exceededBefore, Integer.MAX_VALUE));
    exceededBefore = exceeded;
    given(permits.held());
  }

  @Override
  public boolean open() {
    return breaker.closed();
  }

  @Override
  public Optional<CircuitBreaker.Call> enter() {
    relieve();
    return breaker.tryCall();
  }

  @Override
  public Duration retryAfter() {
    relieve();
    return breaker.retryAfter();
  }

  /** A cap that was raised relieves a queue to which nothing is given back. */
  private void relieve() {
    if (breaker.waiting()) {
      given(permits.held());
    }
  }

  @Override
  public void given(int heldNow) {
    if ((long) heldNow * PERCENT < (long) relievedAt.getAsInt() * permits.cap()) {
      breaker.relief();
    }
  }
}

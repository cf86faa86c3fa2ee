package dev.plumbline.server.limit;

import dev.plumbline.server.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A bound on what one role holds at once. A permit is taken before anything is queued, so that the
 * count never exceeds the cap, not even by one (C6), whatever changes the cap meanwhile. Taking and
 * giving back cost one atomic step each. Safe for any number of threads.
 */
public final class RolePermits {
  /** Nobody knows how old the oldest holder is. */
  public static final long UNKNOWN_AGE = -1;

  private static final int CAP_SHIFT = 32;

  /** May say no before a permit is looked for, and hears what became of the attempt. */
  interface Gate {
    /** A gate that never closes. */
    Gate ALWAYS_OPEN =
        new Gate() {
          @Override
          public boolean open() {
            return true;
          }

          @Override
          public Optional<CircuitBreaker.Call> enter() {
            throw new IllegalStateException("this gate is open");
          }

          @Override
          public void given(int heldNow) {}

          @Override
          public Duration retryAfter() {
            return Duration.ZERO;
          }
        };

    /** True while everybody may enter and nothing need be told. */
    boolean open();

    /** Leave to look for a permit; whoever has it says whether one was found. */
    Optional<CircuitBreaker.Call> enter();

    /** A permit was given back while the gate was not open. */
    void given(int heldNow);

    /** How long it will stay closed by itself. */
    Duration retryAfter();
  }

  private final String role;
  private final BooleanSupplier enforced;

  /** The cap in the upper half and the count in the lower, so that both change as one. */
  private final AtomicLong capAndHeld;

  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger max = new AtomicInteger();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder exceeded = new LongAdder();
  private volatile Gate gate = Gate.ALWAYS_OPEN;
  private volatile LongSupplier oldest = () -> UNKNOWN_AGE;

  /** Permits of a role for at most {@code cap} holders, whatever anybody switches off. */
  public RolePermits(String role, int cap) {
    this(role, cap, () -> true);
  }

  /**
   * Permits of a role.
   *
   * @param enforced false while permits are counted and never refused (R137)
   */
  public RolePermits(String role, int cap, BooleanSupplier enforced) {
    this.role = role;
    this.enforced = enforced;
    this.capAndHeld = new AtomicLong((long) cap << CAP_SHIFT);
  }

  /** The role. */
  public String role() {
    return role;
  }

  /** Takes a permit if one is free; never waits. */
  public boolean tryTake() {
    Gate now = gate;
    if (now.open() || !enforced.getAsBoolean()) {
      return take();
    }
    Optional<CircuitBreaker.Call> probe = now.enter();
    if (probe.isEmpty()) {
      rejected.increment();
      return false;
    }
    boolean taken = take();
    if (taken) {
      probe.get().succeeded();
    } else {
      probe.get().failed();
    }
    return taken;
  }

  /**
   * True when an attempt now would be refused: looked at before work is prepared. Takes nothing and
   * counts nothing; whoever refuses because of it says so with {@link #turnedAway}.
   */
  public boolean shut() {
    if (!enforced.getAsBoolean()) {
      return false;
    }
    long seen = capAndHeld.get();
    Gate now = gate;
    return (int) seen >= cap(seen) || (!now.open() && now.retryAfter().isPositive());
  }

  /** Counts a refusal without an attempt. */
  public void turnedAway() {
    long seen = capAndHeld.get();
    if ((int) seen >= cap(seen)) {
      exceeded.increment();
    }
    rejected.increment();
  }

  private boolean take() {
    while (true) {
      long seen = capAndHeld.get();
      int held = (int) seen;
      if (held >= cap(seen) && refusesFull()) {
        return false;
      }
      if (capAndHeld.compareAndSet(seen, seen + 1)) {
        climbed(held + 1);
        return true;
      }
    }
  }

  /** No permit is free; true when that is a refusal. */
  private boolean refusesFull() {
    exceeded.increment();
    if (!enforced.getAsBoolean()) {
      return false;
    }
    rejected.increment();
    return true;
  }

  private void climbed(int height) {
    if (height > peak.get()) {
      peak.accumulateAndGet(height, Math::max);
    }
  }

  /**
   * Gives a permit back.
   *
   * @throws IllegalStateException when nobody holds one: a count below nothing would admit too many
   */
  public void giveBack() {
    while (true) {
      long seen = capAndHeld.get();
      int held = (int) seen;
      if (held == 0) {
        throw new IllegalStateException("nobody holds a permit of role " + role);
      }
      if (capAndHeld.compareAndSet(seen, seen - 1)) {
        Gate now = gate;
        if (!now.open()) {
          now.given(held - 1);
        }
        return;
      }
    }
  }

  /**
   * Changes the cap.
   *
   * @throws LimitException when it is negative, or lower than what is held; nothing is changed
   */
  public void setCap(int cap) throws LimitException {
    if (cap < 0) {
      throw new LimitException.Negative(role, cap);
    }
    while (true) {
      long seen = capAndHeld.get();
      int held = (int) seen;
      if (cap < held) {
        throw new LimitException.BelowDepth(role, cap, held);
      }
      if (capAndHeld.compareAndSet(seen, ((long) cap << CAP_SHIFT) | held)) {
        if (cap != cap(seen)) {
          // A mark from before says nothing about how full it is now.
          takePeak();
        }
        return;
      }
    }
  }

  /** Changes the cap, unless more is held than it allows: then whoever asks does so again. */
  public void follow(int cap) {
    if (cap != cap()) {
      try {
        setCap(cap);
      } catch (LimitException.BelowDepth e) {
        // Not yet.
        return;
      } catch (LimitException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** How many are held. */
  public int held() {
    return (int) capAndHeld.get();
  }

  /** How many can be held. */
  public int cap() {
    return cap(capAndHeld.get());
  }

  private static int cap(long both) {
    return (int) (both >>> CAP_SHIFT);
  }

  /** The most that was ever held at once. */
  public int max() {
    return Math.max(max.get(), peak.get());
  }

  /** The most that was held at once since this was last asked. */
  int takePeak() {
    max.accumulateAndGet(peak.get(), Math::max);
    int highest = peak.getAndSet(0);
    max.accumulateAndGet(highest, Math::max);
    int held = held();
    climbed(held);
    return Math.max(highest, held);
  }

  /** How many attempts were refused, because of the cap or of an open breaker. */
  public long rejected() {
    return rejected.sum();
  }

  /** How many attempts found no permit free, refused or not. */
  public long exceeded() {
    return exceeded.sum();
  }

  /** Tells how the age of the oldest holder is found, in milliseconds. */
  public void ages(LongSupplier oldestMillis) {
    oldest = oldestMillis;
  }

  /** Puts a gate before the permits. */
  void guard(Gate other) {
    gate = other;
  }

  /** What is told to whom no permit was given just now. */
  public Refusal refusal() {
    Gate now = gate;
    long seen = capAndHeld.get();
    boolean full = now.open();
    return new Refusal(
        full ? Refusal.Reason.CAPACITY : Refusal.Reason.BREAKER,
        role,
        cap(seen),
        (int) seen,
        full ? Limits.RETRY_AFTER : now.retryAfter(),
        ErrorCode.OVERLOADED.text());
  }

  /** What can be said of it now. */
  public RoleStats stats() {
    long seen = capAndHeld.get();
    return new RoleStats(
        role, (int) seen, cap(seen), max(), rejected(), exceeded(), oldest.getAsLong());
  }
}

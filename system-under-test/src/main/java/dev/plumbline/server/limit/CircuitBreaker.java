package dev.plumbline.server.limit;

import dev.plumbline.server.config.BreakerSettings;
import dev.plumbline.server.machine.Actions;
import dev.plumbline.server.machine.BreakerEvent;
import dev.plumbline.server.machine.BreakerLifecycle;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.Timeout;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Leaves a failing dependency alone for a while (C8): whoever wants to call it asks first, and says
 * afterwards how it went. Refusing looks at two fields and takes no lock. Its state is the
 * machine's; time and randomness come from outside. Safe for any number of threads.
 */
public final class CircuitBreaker {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final String name;
  private final Supplier<BreakerSettings> settings;
  private final Clocks clocks;
  private final Listener onMove;
  private final boolean shared;
  private final StateMachine<BreakerState, BreakerEvent> machine;
  private final LongAdder refused = new LongAdder();
  private final LongAdder opened = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();

  private final FailureWindow failures = new FailureWindow();

  /** Calls that succeeded while it was closed, where that matters. */
  private final LongAdder successesSoFar = new LongAdder();

  private int openings;

  /** Probes that were let through since the time of the probes began. */
  private final AtomicInteger probes = new AtomicInteger();

  /** Those of them that nobody has heard of yet. */
  private final AtomicInteger outstanding = new AtomicInteger();

  private int successes;
  private volatile Duration wait = Duration.ZERO;

  /** Hears of every change of state; must not block. */
  @FunctionalInterface
  interface Listener {
    /** The breaker stands here now. */
    void moved(BreakerStats now);
  }

  /**
   * A closed breaker.
   *
   * @param shared true when callers who have nothing to do with each other use the dependency:
   *     failures that are outnumbered by what succeeded between them are the callers' own
   */
  CircuitBreaker(
      String name,
      boolean shared,
      Supplier<BreakerSettings> settings,
      Clocks clocks,
      Machines machines,
      Listener onMove) {
    this.name = name;
    this.shared = shared;
    this.settings = settings;
    this.clocks = clocks;
    this.onMove = onMove;
    this.machine = machines.start(BreakerLifecycle.BREAKER, Actions.none(), this::patience);
  }

  private Duration patience(Timeout<BreakerState, BreakerEvent> timeout) {
    return switch (timeout.event()) {
      case WAIT_OVER -> wait;
      // Without a probe there is nothing to wait for.
      case PROBE_TIMEOUT -> outstanding.get() == 0 ? FOREVER : settings.get().probing();
      case PROBES_DONE ->
          probes.get() == 0 || outstanding.get() > 0 ? FOREVER : settings.get().probing();
      case TRIP, RECOVERED, PROBE_FAILED, FORCE_OPEN, RESET -> timeout.after();
    };
  }

  /** The dependency. */
  public String name() {
    return name;
  }

  /** True when callers who have nothing to do with each other use the dependency. */
  public boolean shared() {
    return shared;
  }

  /** The state now; a wait that is over has ended. */
  public BreakerState state() {
    settle();
    return machine.state();
  }

  /** True while calls simply go through. */
  boolean closed() {
    return machine.state() == BreakerState.CLOSED;
  }

  /** Leave to make one call, or nothing: then the call must not be made. Never waits. */
  public Optional<Call> tryCall() {
    settle();
    StateMachine.Position<BreakerState> at = machine.position();
    Optional<Call> call =
        switch (at.state()) {
          case CLOSED -> Optional.of(new Call(at.epoch(), false));
          case HALF_OPEN -> probe(at.epoch());
          case OPEN, FORCED_OPEN -> Optional.empty();
        };
    if (call.isEmpty()) {
      refused.increment();
    }
    return call;
  }

  private Optional<Call> probe(long epoch) {
    lock.lock();
    try {
      BreakerSettings now = settings.get();
      if (machine.position().epoch() != epoch || probes.get() >= now.probes()) {
        return Optional.empty();
      }
      if (outstanding.get() == 0) {
        // A probe that begins late has the whole time for itself.
        machine.touch();
      }
      outstanding.incrementAndGet();
      probes.incrementAndGet();
      return Optional.of(new Call(epoch, true));
    } finally {
      lock.unlock();
    }
  }

  /** One call that was let through. Whoever makes it says how it went; the first word counts. */
  public final class Call implements AutoCloseable {
    private final long epoch;
    private final boolean probe;
    private final AtomicBoolean told = new AtomicBoolean();

    private Call(long epoch, boolean probe) {
      this.epoch = epoch;
      this.probe = probe;
    }

    /** The dependency did what it should. */
    public void succeeded() {
      if (first()) {
        if (probe) {
          probeSucceeded(epoch);
        } else {
          callSucceeded(epoch);
        }
      }
    }

    /** The dependency failed. */
    public void failed() {
      if (first()) {
        callFailed(epoch, probe);
      }
    }

    /** Nothing can be said about the dependency, unless something was said before. */
    @Override
    public void close() {
      if (first() && probe) {
        probeWithdrawn(epoch);
      }
    }

    private boolean first() {
      return told.compareAndSet(false, true);
    }
  }

  /** An outcome of before the last change tells nothing about the dependency of now: counted. */
  private boolean stale(long epoch, BreakerEvent outcome) {
    return machine.position().epoch() != epoch
        && machine.fireArmed(epoch, outcome) instanceof Outcome.Stale<BreakerState, BreakerEvent>;
  }

  private void callSucceeded(long epoch) {
    if (!stale(epoch, BreakerEvent.RECOVERED) && shared) {
      successesSoFar.increment();
    }
  }

  private void probeSucceeded(long epoch) {
    change(
        () -> {
          if (!stale(epoch, BreakerEvent.RECOVERED)) {
            outstanding.decrementAndGet();
            if (++successes >= settings.get().successes()) {
              fire(BreakerEvent.RECOVERED);
            }
          }
        });
  }

  private void probeWithdrawn(long epoch) {
    change(
        () -> {
          if (machine.position().epoch() == epoch) {
            outstanding.decrementAndGet();
            probes.decrementAndGet();
          }
        });
  }

  private void callFailed(long epoch, boolean probe) {
    change(
        () -> {
          if (stale(epoch, probe ? BreakerEvent.PROBE_FAILED : BreakerEvent.TRIP)) {
            failures.late(clocks.wall().instant());
            return;
          }
          record();
          if (probe) {
            fire(BreakerEvent.PROBE_FAILED);
          } else if (failures.enough(settings.get()) && !(shared && failures.outnumbered())) {
            fire(BreakerEvent.TRIP);
          }
        });
  }

  private void record() {
    failures.add(
        clocks.nanos(), shared ? successesSoFar.sum() : 0, clocks.wall().instant(), settings.get());
  }

  /** Whoever watches the dependency says that it is down; its failures are counted already. */
  public void trip() {
    change(() -> fire(BreakerEvent.TRIP));
  }

  /**
   * The same by somebody who saw calls fail that were not made through this breaker.
   *
   * @param failed how many
   */
  void trip(int failed) {
    change(
        () -> {
          failures.told(failed, clocks.wall().instant());
          fire(BreakerEvent.TRIP);
        });
  }

  /** True while it is open by itself and will be tried when its wait is over. */
  boolean waiting() {
    return machine.state() == BreakerState.OPEN;
  }

  /** Whoever watches the dependency says that it can be tried again, before the wait is over. */
  void relief() {
    change(() -> fire(BreakerEvent.WAIT_OVER));
  }

  /** An operator opens it, until {@link #reset}. */
  public void forceOpen() {
    change(() -> fire(BreakerEvent.FORCE_OPEN));
  }

  /** An operator closes it and forgets every failure. */
  public void reset() {
    change(
        () -> {
          failures.clear();
          fire(BreakerEvent.RESET);
        });
  }

  /** Fires the timeout that is due; without a lock when none is. */
  private void settle() {
    if (machine.due().isPresent()) {
      // Looked at again under the lock: only there everything of a state is in place.
      change(() -> machine.fireDue().ifPresent(this::entered));
    }
  }

  private void change(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void fire(BreakerEvent event) {
    entered(machine.fire(event));
  }

  /** Prepares a new state; only under the lock, so that nobody moves in between. */
  private void entered(Outcome<BreakerState, BreakerEvent> outcome) {
    if (outcome instanceof Outcome.Ignored<BreakerState, BreakerEvent> ignored
        && ignored.event() == BreakerEvent.PROBES_DONE) {
      // Every probe came back well: as many again, and what succeeded still counts.
      probes.set(0);
    }
    if (!(outcome instanceof Outcome.Moved<BreakerState, BreakerEvent> move)) {
      return;
    }
    if (move.event() == BreakerEvent.PROBE_TIMEOUT) {
      for (int i = outstanding.get(); i > 0; i--) {
        record();
      }
    }
    probes.set(0);
    outstanding.set(0);
    successes = 0;
    switch (move.to()) {
      case CLOSED -> {
        openings = 0;
        failures.clear();
      }
      case OPEN -> {
        openings++;
        wait = Duration.ofNanos(wait(openings));
        opened.increment();
      }
      case FORCED_OPEN -> opened.increment();
      case HALF_OPEN -> {}
    }
    onMove.moved(stats());
  }

  /** Full jitter: anything up to a bound that doubles (C8). */
  private long wait(int opening) {
    BreakerSettings limits = settings.get();
    long first = limits.firstOpen().toNanos();
    long longest = limits.longestOpen().toNanos();
    long bound = first;
    for (int i = 1; i < opening && bound < longest; i++) {
      bound *= 2;
    }
    return (long) (Math.min(bound, longest) * clocks.random());
  }

  /** How long a refused caller should wait at least. */
  public Duration retryAfter() {
    return switch (state()) {
      case OPEN -> machine.left(BreakerEvent.WAIT_OVER).orElse(Duration.ZERO);
      case FORCED_OPEN -> settings.get().longestOpen();
      case HALF_OPEN, CLOSED -> Duration.ZERO;
    };
  }

  /** So many failures open it. */
  public int limit() {
    return settings.get().failures();
  }

  /** What can be said of it now. */
  public BreakerStats stats() {
    lock.lock();
    try {
      return new BreakerStats(
          name,
          machine.state(),
          failures.count(clocks.nanos(), settings.get()),
          failures.last(),
          opened.sum(),
          refused.sum());
    } finally {
      lock.unlock();
    }
  }
}

package dev.plumbline.server.machine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The one interpreter of every table. Safe for any number of threads: an event is applied to the
 * state it finds, atomically. An event armed in an earlier position (a timeout) carries that
 * position's epoch and is dropped when the machine has moved on. Events that do not move take no
 * lock and allocate nothing.
 */
public final class StateMachine<S extends Enum<S> & State, E extends Enum<E> & Event> {
  /** How many of the last moves are remembered. */
  public static final int HISTORY = 8;

  /**
   * Where a machine stands.
   *
   * @param state the state
   * @param epoch how many moves led here
   * @param sinceNanos when it was entered, on the machine's clock
   */
  public record Position<S extends Enum<S> & State>(S state, long epoch, long sinceNanos) {}

  /**
   * An event that was armed in one position.
   *
   * @param epoch of the position
   * @param event what is to happen unless the machine moves before
   */
  public record Armed<E extends Enum<E> & Event>(long epoch, E event) {}

  /**
   * A move that was made.
   *
   * @param afterNanos how long after the machine was made
   */
  public record Step<S extends Enum<S> & State, E extends Enum<E> & Event>(
      Outcome.Moved<S, E> move, long afterNanos) {}

  private final TransitionTable<S, E> table;
  private final LongSupplier nanos;
  private final Observer observer;
  private final Actions<S, E> actions;
  private final Patience<S, E> patience;
  private final long madeNanos;
  private final Deque<Step<S, E>> trail = new ArrayDeque<>(HISTORY);
  private volatile Position<S> position;
  private volatile long usedNanos;

  /** A machine in the table's first state that nobody observes. */
  public StateMachine(TransitionTable<S, E> table) {
    this(table, System::nanoTime, Observer.NONE, Actions.none(), Patience.declared());
  }

  StateMachine(
      TransitionTable<S, E> table,
      LongSupplier nanos,
      Observer observer,
      Actions<S, E> actions,
      Patience<S, E> patience) {
    this.table = table;
    this.nanos = nanos;
    this.observer = observer;
    this.actions = actions;
    this.patience = patience;
    this.madeNanos = nanos.getAsLong();
    this.usedNanos = madeNanos;
    this.position = new Position<>(table.initial(), 0, madeNanos);
  }

  /** The table it follows. */
  public TransitionTable<S, E> table() {
    return table;
  }

  /** Where the machine stands now. */
  public Position<S> position() {
    return position;
  }

  /** The state now. */
  public S state() {
    return position.state();
  }

  /** Says that the machine is in use now; timeouts that run from the last use start afresh. */
  public void touch() {
    usedNanos = nanos.getAsLong();
  }

  /** Says that the machine was used last so long ago: it goes on what another one began. */
  public void touch(Duration ago) {
    usedNanos = nanos.getAsLong() - ago.toNanos();
  }

  /** How long ago the machine was used last. */
  public Duration unused() {
    return Duration.ofNanos(Math.max(0, nanos.getAsLong() - usedNanos));
  }

  /** Fires an event at whatever state the machine is in. */
  public Outcome<S, E> fire(E event) {
    while (true) {
      Position<S> seen = position;
      Outcome<S, E> outcome = table.outcome(seen.state(), event);
      if (!(outcome instanceof Outcome.Moved<S, E> move) || moved(seen, move)) {
        return done(outcome);
      }
    }
  }

  /** Fires an event that was armed at the given epoch; dropped when the machine moved since. */
  public Outcome<S, E> fireArmed(long epoch, E event) {
    Position<S> seen = position;
    if (seen.epoch() != epoch) {
      return done(new Outcome.Stale<>(seen.state(), event));
    }
    Outcome<S, E> outcome = table.outcome(seen.state(), event);
    return outcome instanceof Outcome.Moved<S, E> move && !moved(seen, move)
        ? done(new Outcome.Stale<>(state(), event))
        : done(outcome);
  }

  /** The timeout that is due, the first in the table when several are; armed where it was found. */
  public Optional<Armed<E>> due() {
    Position<S> seen = position;
    List<Timeout<S, E>> timeouts = table.timeouts(seen.state());
    if (timeouts.isEmpty()) {
      return Optional.empty();
    }
    long now = nanos.getAsLong();
    for (Timeout<S, E> timeout : timeouts) {
      if (leftNanos(seen, timeout, now) <= 0) {
        return Optional.of(new Armed<>(seen.epoch(), timeout.event()));
      }
    }
    return Optional.empty();
  }

  /** Fires the timeout that is due; empty when none is. Called by a sweep or a timer. */
  public Optional<Outcome<S, E>> fireDue() {
    return due().map(armed -> fireArmed(armed.epoch(), armed.event()));
  }

  /**
   * How long from now until the event happens by itself, never negative; empty when it does not in
   * this state.
   */
  public Optional<Duration> left(E event) {
    Position<S> seen = position;
    long now = nanos.getAsLong();
    return table.timeouts(seen.state()).stream()
        .filter(timeout -> timeout.event() == event)
        .findFirst()
        .map(timeout -> Duration.ofNanos(Math.max(0, leftNanos(seen, timeout, now))));
  }

  private long leftNanos(Position<S> seen, Timeout<S, E> timeout, long now) {
    long from =
        switch (timeout.since()) {
          case ENTERED -> seen.sinceNanos();
          case USED -> usedNanos;
          case MADE -> madeNanos;
        };
    return patience.of(timeout).toNanos() - (now - from);
  }

  /** How long it is there. */
  public Duration age() {
    return Duration.ofNanos(nanos.getAsLong() - madeNanos);
  }

  /** The last moves, oldest first, {@link #HISTORY} at most. */
  public synchronized List<Step<S, E>> history() {
    return List.copyOf(trail);
  }

  /** Moves if nobody else did meanwhile; only moves take the lock. */
  private synchronized boolean moved(Position<S> seen, Outcome.Moved<S, E> move) {
    // Compared by epoch: every move makes a new one.
    if (position.epoch() != seen.epoch()) {
      return false;
    }
    long now = nanos.getAsLong();
    if (trail.size() == HISTORY) {
      trail.removeFirst();
    }
    trail.addLast(new Step<>(move, now - madeNanos));
    position = new Position<>(move.to(), seen.epoch() + 1, now);
    return true;
  }

  private Outcome<S, E> done(Outcome<S, E> outcome) {
    observer.fired(outcome);
    if (outcome instanceof Outcome.Moved<S, E> move) {
      for (String action : table.actions(move)) {
        actions.perform(action, move);
      }
    }
    return outcome;
  }
}

package dev.plumbline.server.machine;

/**
 * The one interpreter of every table. Safe for any number of threads: an event is applied to the
 * state it finds, atomically. An event armed in an earlier position (a timeout) carries that
 * position's epoch and is dropped when the machine has moved on.
 */
public final class StateMachine<S extends Enum<S>, E extends Enum<E>> {
  /**
   * Where a machine stands.
   *
   * @param state the state
   * @param epoch how many moves led here
   */
  public record Position<S extends Enum<S>>(S state, long epoch) {}

  private final TransitionTable<S, E> table;
  private volatile Position<S> position;

  /** A machine in the table's initial state. */
  public StateMachine(TransitionTable<S, E> table) {
    this.table = table;
    this.position = new Position<>(table.initial(), 0);
  }

  /** Where the machine stands now. */
  public Position<S> position() {
    return position;
  }

  /** The state now. */
  public S state() {
    return position.state();
  }

  /** Fires an event at whatever state the machine is in. */
  public Outcome<S, E> fire(E event) {
    while (true) {
      Position<S> seen = position;
      Outcome<S, E> outcome = apply(seen, event);
      if (!(outcome instanceof Outcome.Moved<S, E>(_, var to)) || moved(seen, to)) {
        return outcome;
      }
    }
  }

  /** Fires an event that was armed at the given epoch; dropped when the machine moved since. */
  public Outcome<S, E> fireArmed(long epoch, E event) {
    Position<S> seen = position;
    if (seen.epoch() != epoch) {
      return new Outcome.Stale<>(seen.state(), event);
    }
    Outcome<S, E> outcome = apply(seen, event);
    return outcome instanceof Outcome.Moved<S, E>(_, var to) && !moved(seen, to)
        ? new Outcome.Stale<>(state(), event)
        : outcome;
  }

  /** Moves if nobody else did meanwhile; only moves take the lock. */
  private synchronized boolean moved(Position<S> seen, S to) {
    if (!position.equals(seen)) {
      return false;
    }
    position = new Position<>(to, seen.epoch() + 1);
    return true;
  }

  private Outcome<S, E> apply(Position<S> at, E event) {
    return switch (table.rule(at.state(), event)) {
      case Rule.To<S>(var target) -> new Outcome.Moved<>(at.state(), target);
      case Rule.Stay<S> _ -> new Outcome.Stayed<>(at.state());
      case Rule.Refuse<S>(var reason) -> new Outcome.Refused<>(at.state(), event, reason);
    };
  }
}

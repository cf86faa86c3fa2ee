package dev.plumbline.server.machine;

import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Starts machines that share a clock and are observed.
 *
 * @param nanos a monotonic clock
 * @param observers who observes the machines of a table; asked once for every machine
 */
public record Machines(LongSupplier nanos, Function<TransitionTable<?, ?>, Observer> observers) {
  /** Machines nobody observes. */
  public static Machines unobserved(LongSupplier nanos) {
    return new Machines(nanos, _ -> Observer.NONE);
  }

  /** A machine in the table's first state, without actions. */
  public <S extends Enum<S> & State, E extends Enum<E> & Event> StateMachine<S, E> start(
      TransitionTable<S, E> table) {
    return start(table, Actions.none(), Patience.declared());
  }

  /** A machine in the table's first state. */
  public <S extends Enum<S> & State, E extends Enum<E> & Event> StateMachine<S, E> start(
      TransitionTable<S, E> table, Actions<S, E> actions, Patience<S, E> patience) {
    return new StateMachine<>(table, nanos, observers.apply(table), actions, patience);
  }
}

package dev.plumbline.server.machine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A machine that is led to the state of one timeout, and then left alone. */
final class TimedWalk<S extends Enum<S> & State, E extends Enum<E> & Event> {
  private static final long BEGIN = 17;
  private final AtomicLong now = new AtomicLong(BEGIN);
  private final Timeout<S, E> timeout;
  private final StateMachine<S, E> machine;

  TimedWalk(TransitionTable<S, E> table, Timeout<S, E> timeout) {
    this.timeout = timeout;
    // Only the one that is looked at: where several are due, the first in the table happens.
    this.machine =
        Machines.unobserved(now::get)
            .start(table, Actions.none(), other -> other.equals(timeout) ? other.after() : NEVER);
    new Explorer<>(table)
        .path(table.initial(), state -> state == timeout.state())
        .orElseThrow()
        .forEach(machine::fire);
  }

  private static final Duration NEVER = Duration.ofDays(365);

  boolean firesJustBefore() {
    now.set(BEGIN + timeout.after().toNanos() - 1);
    return machine.fireDue().isPresent();
  }

  boolean firesAtItsTime() {
    now.set(BEGIN + timeout.after().toNanos());
    return machine.due().filter(armed -> armed.event() == timeout.event()).isPresent()
        && machine.fireDue().orElseThrow().accepted();
  }
}

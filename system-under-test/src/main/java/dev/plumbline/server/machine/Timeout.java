package dev.plumbline.server.machine;

import java.time.Duration;

/**
 * An event that happens because nothing else did.
 *
 * @param state while the machine is in it
 * @param event what happens
 * @param since from when the time runs
 * @param after how long, unless whoever runs the machine was told otherwise
 */
public record Timeout<S extends Enum<S> & State, E extends Enum<E> & Event>(
    S state, E event, Since since, Duration after) {
  /** From when the time runs. */
  public enum Since {
    /** The machine entered the state. */
    ENTERED,
    /** The machine was last used, see {@link StateMachine#touch()}. */
    USED,
    /** The machine was made. */
    MADE
  }
}

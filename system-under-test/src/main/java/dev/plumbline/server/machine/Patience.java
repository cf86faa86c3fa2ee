package dev.plumbline.server.machine;

import java.time.Duration;

/** How long the timeouts of a machine really are. */
@FunctionalInterface
public interface Patience<S extends Enum<S> & State, E extends Enum<E> & Event> {
  /** How long this one is; asked every time somebody looks whether it is due. */
  Duration of(Timeout<S, E> timeout);

  /** As the table says. */
  static <S extends Enum<S> & State, E extends Enum<E> & Event> Patience<S, E> declared() {
    return Timeout::after;
  }
}

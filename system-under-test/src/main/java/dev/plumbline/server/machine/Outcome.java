package dev.plumbline.server.machine;

/** What firing an event came to. */
public sealed interface Outcome<S extends Enum<S> & State, E extends Enum<E> & Event> {
  /** The machine moved; to the same state when it was entered anew. */
  record Moved<S extends Enum<S> & State, E extends Enum<E> & Event>(S from, E event, S to)
      implements Outcome<S, E> {}

  /** The event was lawful and changed nothing. */
  record Ignored<S extends Enum<S> & State, E extends Enum<E> & Event>(
      S state, E event, String reason) implements Outcome<S, E> {}

  /** The event is illegal in this state: the typed rejection. */
  record Refused<S extends Enum<S> & State, E extends Enum<E> & Event>(
      S state, E event, String reason) implements Outcome<S, E> {}

  /** The event was armed in an earlier position and is dropped. */
  record Stale<S extends Enum<S> & State, E extends Enum<E> & Event>(S state, E event)
      implements Outcome<S, E> {}

  /** True when the event was accepted, moving or not. */
  default boolean accepted() {
    return switch (this) {
      case Moved<S, E> _, Ignored<S, E> _ -> true;
      case Refused<S, E> _, Stale<S, E> _ -> false;
    };
  }
}

package dev.plumbline.server.machine;

/** What one event does in one state. */
public sealed interface Rule<S extends Enum<S>> {
  /** Moves to another state. */
  record To<S extends Enum<S>>(S target) implements Rule<S> {}

  /** Lawful here, changes nothing. */
  record Stay<S extends Enum<S>>() implements Rule<S> {}

  /** Not lawful here; the state stays and the caller learns why. */
  record Refuse<S extends Enum<S>>(String reason) implements Rule<S> {}
}

package dev.plumbline.server.machine;

/** What one event does in one state. */
public sealed interface Rule<S extends Enum<S> & State> {
  /** Moves to a state; to the same one to enter it anew, which starts its timeouts afresh. */
  record To<S extends Enum<S> & State>(S target) implements Rule<S> {}

  /** Lawful here, and changes nothing, for this reason. */
  record Ignore<S extends Enum<S> & State>(String reason) implements Rule<S> {}

  /** Not lawful here; the state stays and the caller learns why. */
  record Refuse<S extends Enum<S> & State>(String reason) implements Rule<S> {}
}

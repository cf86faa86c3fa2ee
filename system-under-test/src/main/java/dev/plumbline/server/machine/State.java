package dev.plumbline.server.machine;

import java.util.Locale;

/** A state of one of the lifecycles; every one is a constant of an enum named here. */
public sealed interface State
    permits BreakerState,
        ClientState,
        DomainState,
        ServerState,
        SessionState,
        StreamState,
        TaskState {
  /** The name of the constant. */
  String name();

  /** The name in output for people and programs: lower case. */
  default String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of C11 this one is reported as: itself, but for sub-states, which are finer than what
   * C11 names.
   */
  default String published() {
    return label();
  }

  /**
   * True where a machine may rest for good. Nothing leads out of the last state of a session, a
   * task, a stream or the server; a client and a circuit breaker may begin another round.
   */
  boolean terminal();
}

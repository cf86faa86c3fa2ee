package dev.plumbline.server.machine;

/** The states of a handshake-era session (C11). */
public enum SessionState {
  /** Answered initialize; waits for the client's notifications/initialized. */
  INITIALIZING,
  /** In use. */
  ACTIVE,
  /** Not used for a while; the next request wakes it. */
  SUSPENDED,
  /** Being ended. */
  TERMINATING,
  /** Ended; its id answers 404 from now on. */
  DEAD;

  /** True when the session has ended, or is ending: its id names nothing any more. */
  public boolean over() {
    return switch (this) {
      case INITIALIZING, ACTIVE, SUSPENDED -> false;
      case TERMINATING, DEAD -> true;
    };
  }
}

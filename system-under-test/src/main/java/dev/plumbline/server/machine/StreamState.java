package dev.plumbline.server.machine;

/** The states of an event stream of a session (C11); a stream outlives its connections. */
public enum StreamState implements State {
  /** Exists; nothing was sent yet. */
  OPENING,
  /** A connection carries it, and has everything that was said. */
  ACTIVE,
  /** No connection carries it; what is said is kept. */
  PAUSED,
  /** The client came back and is told what it missed. */
  RESUMING,
  /** The last message is said; kept for a client that did not get it. */
  CLOSING,
  /** Forgotten: nobody can come back to it. */
  CLOSED;

  @Override
  public boolean terminal() {
    return switch (this) {
      case OPENING, ACTIVE, PAUSED, RESUMING, CLOSING -> false;
      case CLOSED -> true;
    };
  }
}

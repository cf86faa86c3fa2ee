package dev.plumbline.server.machine;

/** The states of the client (C11). */
public enum ClientState implements State {
  /** Nothing is open and nothing is wanted. */
  DISCONNECTED,
  /** A connection is wanted and not there yet, or not there any more. */
  CONNECTING,
  /** The wire is open; era and revision are being found. */
  INITIALIZING,
  /** Requests may be sent. */
  READY,
  /** Being closed. */
  DISCONNECTING;

  @Override
  public boolean terminal() {
    return switch (this) {
      case CONNECTING, INITIALIZING, READY, DISCONNECTING -> false;
      case DISCONNECTED -> true;
    };
  }
}

package dev.plumbline.server.machine;

/** The states of the server (C11). */
public enum ServerState implements State {
  /** Bound; nobody is being served. */
  LISTENING,
  /** A first client is shaking hands. */
  HANDSHAKING,
  /** At least one client is served. */
  ACTIVE,
  /** Finishes what it has, takes nothing new. */
  DRAINING,
  /** Over. */
  CLOSED;

  /** True while new work is taken. */
  public boolean takesWork() {
    return switch (this) {
      case LISTENING, HANDSHAKING, ACTIVE -> true;
      case DRAINING, CLOSED -> false;
    };
  }

  @Override
  public boolean terminal() {
    return switch (this) {
      case LISTENING, HANDSHAKING, ACTIVE, DRAINING -> false;
      case CLOSED -> true;
    };
  }
}

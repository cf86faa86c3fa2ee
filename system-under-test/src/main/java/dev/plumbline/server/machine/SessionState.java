package dev.plumbline.server.machine;

/** The states of a handshake-era session: those of C11, and sub-states of them. */
public enum SessionState implements State {
  /** Answered initialize; waits for the client's notifications/initialized. */
  INITIALIZING,
  /** In use. */
  ACTIVE,
  /** Not used for a while; the next request wakes it. */
  SUSPENDED,
  /** Sub-state of suspended: read from the store, and not used in this process yet. */
  RESUMING,
  /** Sub-state of suspended: drained; finishes what is in flight, takes nothing new. */
  PAUSED,
  /** Sub-state of suspended: being handed to another process. */
  UPGRADING,
  /** Sub-state of terminating: being ended because its time has passed. */
  EXPIRING,
  /** Being ended because someone asked. */
  TERMINATING,
  /** Ended; its id answers 404 from now on. */
  DEAD;

  @Override
  public String published() {
    return switch (this) {
      case INITIALIZING, ACTIVE, SUSPENDED, TERMINATING, DEAD -> label();
      case RESUMING, PAUSED, UPGRADING -> SUSPENDED.label();
      case EXPIRING -> TERMINATING.label();
    };
  }

  /** True when the session has ended, or is ending: its id names nothing any more. */
  public boolean over() {
    return switch (this) {
      case INITIALIZING, ACTIVE, SUSPENDED, RESUMING, PAUSED, UPGRADING -> false;
      case EXPIRING, TERMINATING, DEAD -> true;
    };
  }

  /** True when the session can be told something outside any request. */
  public boolean listens() {
    return switch (this) {
      case ACTIVE, SUSPENDED, RESUMING, PAUSED -> true;
      case INITIALIZING, UPGRADING, EXPIRING, TERMINATING, DEAD -> false;
    };
  }

  /** True when the session lives and takes no new request: asked again later it may, elsewhere. */
  public boolean movesOn() {
    return switch (this) {
      case PAUSED, UPGRADING -> true;
      case INITIALIZING, ACTIVE, SUSPENDED, RESUMING, EXPIRING, TERMINATING, DEAD -> false;
    };
  }

  @Override
  public boolean terminal() {
    return this == DEAD;
  }
}

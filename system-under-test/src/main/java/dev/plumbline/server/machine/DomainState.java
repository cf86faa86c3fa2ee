package dev.plumbline.server.machine;

/** The states of a failure domain (C9). */
public enum DomainState implements State {
  /** Takes work. */
  RUNNING,
  /** Finishes what it has before it is restarted; takes nothing new. */
  DRAINING,
  /** Ends what is left of its last life and begins the next; takes nothing. */
  RESTARTING,
  /** Given up after too many restarts: takes nothing until somebody resets it. */
  FAILED,
  /** Over, with its server. */
  STOPPED;

  @Override
  public boolean terminal() {
    return switch (this) {
      case RUNNING, DRAINING, RESTARTING, FAILED -> false;
      case STOPPED -> true;
    };
  }
}

package dev.plumbline.server.machine;

/** The states of a circuit breaker (C8). */
public enum BreakerState implements State {
  /** Calls go through. */
  CLOSED,
  /** Calls are refused at once, for a while. */
  OPEN,
  /** A few calls go through to see whether it works again. */
  HALF_OPEN,
  /** An operator holds it open: calls are refused until somebody resets it. */
  FORCED_OPEN;

  @Override
  public String published() {
    return switch (this) {
      case CLOSED, OPEN, HALF_OPEN -> label();
      case FORCED_OPEN -> OPEN.label();
    };
  }

  @Override
  public boolean terminal() {
    return switch (this) {
      case CLOSED -> true;
      case OPEN, HALF_OPEN, FORCED_OPEN -> false;
    };
  }
}

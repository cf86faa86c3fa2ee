package dev.plumbline.server.machine;

/** What happens to a circuit breaker. */
public enum BreakerEvent implements Event {
  /** Too many calls failed lately, or whoever watches the dependency says it is down. */
  TRIP,
  /** It was open long enough, or the dependency is seen to work again. */
  WAIT_OVER,
  /** Enough probes succeeded. */
  RECOVERED,
  /** A probe failed. */
  PROBE_FAILED,
  /** A probe did not come back in time. */
  PROBE_TIMEOUT,
  /** The time of the probes is over and every one of them succeeded, yet too few to close it. */
  PROBES_DONE,
  /** An operator opens it. */
  FORCE_OPEN,
  /** An operator closes it. */
  RESET
}

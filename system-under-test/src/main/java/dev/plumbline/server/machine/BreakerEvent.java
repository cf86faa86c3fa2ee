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
  /** Too few probes came back in time. */
  PROBE_TIMEOUT,
  /** An operator opens it. */
  FORCE_OPEN,
  /** An operator closes it. */
  RESET
}

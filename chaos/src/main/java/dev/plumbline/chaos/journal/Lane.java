package dev.plumbline.chaos.journal;

/** Which way a request took. */
public enum Lane {
  /** Through the fault proxy, on a connection (and session) kept as long as it lives. */
  PROXIED,
  /** Straight to the target, past the fault proxy. */
  DIRECT,
  /** Through the fault proxy, on a new connection and a new session. */
  FRESH,
  /** Through the fault proxy, only to make a connection; not measured. */
  WARM_UP
}

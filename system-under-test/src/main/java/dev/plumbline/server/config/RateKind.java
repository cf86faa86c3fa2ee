package dev.plumbline.server.config;

/** How a rate is counted. */
public enum RateKind {
  /** Tokens that refill evenly; a burst may spend what was saved. */
  TOKEN_BUCKET,
  /** A count that starts anew every second. */
  FIXED_WINDOW,
  /** No limit. */
  OFF
}

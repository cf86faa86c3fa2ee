package dev.plumbline.server.feature;

import java.util.Locale;
import java.util.Optional;

/** Severities of log messages, least severe first (RFC 5424 §6.2.1; logging page). */
public enum LogLevel {
  /** Details for debugging. */
  DEBUG,
  /** What normally happens. */
  INFO,
  /** Normal but significant. */
  NOTICE,
  /** Something may go wrong. */
  WARNING,
  /** Something went wrong. */
  ERROR,
  /** A part failed. */
  CRITICAL,
  /** Act at once. */
  ALERT,
  /** Unusable. */
  EMERGENCY;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level with this name on the wire. */
  public static Optional<LogLevel> of(String wire) {
    for (LogLevel level : values()) {
      if (level.wire().equals(wire)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** True when a message of this level passes the given threshold. */
  public boolean reaches(LogLevel threshold) {
    return compareTo(threshold) >= 0;
  }
}

package dev.plumbline.server.observe;

import java.util.Locale;

/** How much somebody should care. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Somebody should look soon. */
  WARNING,
  /** Somebody should look now. */
  CRITICAL;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

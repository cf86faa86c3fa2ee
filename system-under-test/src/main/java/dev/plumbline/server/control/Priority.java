package dev.plumbline.server.control;

import java.util.Locale;

/** The priorities of the control plane, most urgent first; strict between them (R113). */
public enum Priority {
  /** A circuit breaker changes. */
  CIRCUIT_BREAKER,
  /** Somebody asks how a component is. */
  HEALTH,
  /** A session is to end in order. */
  DRAIN,
  /** A task is to stop. */
  CANCEL;

  /** The name in JSON and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

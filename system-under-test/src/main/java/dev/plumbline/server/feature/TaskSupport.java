package dev.plumbline.server.feature;

import java.util.Locale;

/** Whether the calls of a tool can become tasks (2025-11-25 basic/utilities/tasks, tool level). */
public enum TaskSupport {
  /** Always answered at once. */
  FORBIDDEN,
  /** A task where the client takes one, an ordinary call where it does not. */
  OPTIONAL,
  /** A task or nothing. */
  REQUIRED;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

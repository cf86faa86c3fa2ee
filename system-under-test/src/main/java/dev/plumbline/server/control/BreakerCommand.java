package dev.plumbline.server.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator can make of a circuit breaker (C8). */
public enum BreakerCommand {
  /** Let nothing through until it is told otherwise. */
  OPEN,
  /** Let everything through and forget what was counted. */
  CLOSED;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command of this name. */
  public static Optional<BreakerCommand> named(String text) {
    return Arrays.stream(values()).filter(command -> command.wire().equals(text)).findFirst();
  }
}

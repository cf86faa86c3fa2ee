package dev.plumbline.conformance.model;

import java.util.Optional;

/** The steps that every walk of the handshake era begins with. */
final class Opening {
  static final String OPEN = "open";
  static final String INITIALIZED = "initialized";

  private Opening() {}

  /** What opens the line further; empty when it is ready. */
  static Optional<Ask> next(Line line) {
    return switch (line.phase()) {
      case CLOSED -> Optional.of(Line.initialize(line.offer().revision()));
      case OPENED -> Optional.of(line.initialized());
      case READY -> Optional.empty();
    };
  }

  /** What the step is called. */
  static String label(Line line) {
    return line.is(Line.Phase.CLOSED) ? OPEN : INITIALIZED;
  }

  /** The line after that step; empty when it cannot be used. */
  static Optional<Line> after(Line line, Heard heard) {
    boolean said = line.is(Line.Phase.OPENED) && !heard.refused() && !heard.unclear();
    if (line.is(Line.Phase.CLOSED) && heard.served()) {
      return Optional.of(line.opened(heard));
    }
    return said ? Optional.of(line.ready()) : Optional.empty();
  }
}

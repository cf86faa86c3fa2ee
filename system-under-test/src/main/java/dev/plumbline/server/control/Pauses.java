package dev.plumbline.server.control;

import java.time.Duration;
import java.time.Instant;

/** How long the garbage collector stopped every thread. */
@FunctionalInterface
public interface Pauses {
  /** Nobody knows of any. */
  Pauses UNKNOWN = (_, _) -> Duration.ZERO;

  /** The sum of what lies between two moments. */
  Duration between(Instant from, Instant to);
}

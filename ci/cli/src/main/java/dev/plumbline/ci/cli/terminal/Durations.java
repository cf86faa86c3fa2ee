package dev.plumbline.ci.cli.terminal;

import java.time.Duration;

/** Durations as people read them while waiting. */
public final class Durations {
  private Durations() {}

  /** {@code 11 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  public static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() + " s";
  }
}

package dev.plumbline.server.limit;

import dev.plumbline.server.config.OverloadSettings;
import java.util.Locale;

/** How full a queue is, in the levels of C7. */
public enum OverloadLevel {
  /** There is room. */
  CLEAR,
  /** Somebody should look soon. */
  WARNING,
  /** Somebody should look now; the server's health is degraded. */
  CRITICAL,
  /** There is no room; new work of the role is refused. */
  FULL;

  private static final int PERCENT = 100;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of a depth; a limit of nothing is always full. */
  static OverloadLevel of(int depth, int limit, OverloadSettings levels) {
    return of(depth, limit, levels, 0);
  }

  /** The level that a depth holds up once it was reached. */
  static OverloadLevel held(int depth, int limit, OverloadSettings levels) {
    return of(depth, limit, levels, levels.hysteresis());
  }

  private static OverloadLevel of(int depth, int limit, OverloadSettings levels, int less) {
    if (reaches(depth, limit, levels.full() - less)) {
      return FULL;
    }
    if (reaches(depth, limit, levels.critical() - less)) {
      return CRITICAL;
    }
    return reaches(depth, limit, levels.warning() - less) ? WARNING : CLEAR;
  }

  private static boolean reaches(int depth, int limit, int percent) {
    return (long) depth * PERCENT >= (long) percent * limit;
  }
}

package dev.plumbline.ci.cli.top;

import java.util.Locale;

/** Numbers as people compare them. */
final class Numbers {
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long SECONDS_PER_DAY = 86_400;

  private Numbers() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Three digits are enough. */
  static String small(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  static String millis(double millis) {
    if (millis == 0) {
      return "0";
    }
    if (millis < 1) {
      return small(millis * MICROS_PER_MILLI) + " µs";
    }
    return millis < MILLIS_PER_SECOND
        ? small(millis) + " ms"
        : small(millis / MILLIS_PER_SECOND) + " s";
  }

  static String micros(double micros) {
    return millis(micros / MICROS_PER_MILLI);
  }

  /** A long time. */
  static String seconds(long seconds) {
    if (seconds < SECONDS_PER_MINUTE) {
      return seconds + " s";
    }
    if (seconds < SECONDS_PER_HOUR) {
      return seconds / SECONDS_PER_MINUTE + " min";
    }
    if (seconds < SECONDS_PER_DAY) {
      return seconds / SECONDS_PER_HOUR
          + " h "
          + seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE
          + " min";
    }
    return seconds / SECONDS_PER_DAY + " d " + seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR + " h";
  }
}

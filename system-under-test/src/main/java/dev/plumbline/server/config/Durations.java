package dev.plumbline.server.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
public final class Durations {
  /** Said to whoever wrote something else. */
  static final String FORM = "a length of time such as 250ms, 30s, 5m, 1h or 2d";

  /** More digits would not fit; no setting needs them. */
  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(us|ms|s|m|h|d)");

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Durations() {}

  /** The length that the text says; empty when it says none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "us" -> Duration.ofNanos(amount * NANOS_PER_MICRO);
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** The length in the largest unit that divides it; parts below a microsecond are dropped. */
  public static String format(Duration length) {
    int nanos = length.toNanosPart();
    if (nanos % NANOS_PER_MILLI != 0) {
      return length.toNanos() / NANOS_PER_MICRO + "us";
    }
    if (nanos != 0) {
      return length.toMillis() + "ms";
    }
    long seconds = length.toSeconds();
    if (seconds == 0
        || !Duration.ofSeconds(seconds).equals(Duration.ofMinutes(length.toMinutes()))) {
      return seconds + "s";
    }
    if (!Duration.ofMinutes(length.toMinutes()).equals(Duration.ofHours(length.toHours()))) {
      return length.toMinutes() + "m";
    }
    return Duration.ofHours(length.toHours()).equals(Duration.ofDays(length.toDays()))
        ? length.toDays() + "d"
        : length.toHours() + "h";
  }
}

package dev.plumbline.perf.slo;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units as people write them: {@code 250/s}, {@code 10ms}, {@code 0.001}. */
final class Quantity {
  private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|m|h)");
  private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:\\s*/s)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  private Quantity() {}

  /** A time in milliseconds. */
  static double millis(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a time looks like 10ms, 2s or 5m, not " + text);
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal factor =
        new BigDecimal(
            switch (matcher.group(2)) {
              case "us" -> "0.001";
              case "ms" -> "1";
              case "s" -> "1000";
              case "m" -> "60000";
              default -> "3600000";
            });
    return number.multiply(factor).doubleValue();
  }

  /** Arrivals a second. */
  static double perSecond(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a rate looks like 250/s, not " + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** A share between 0 and 1. */
  static double ratio(String text) {
    if (!NUMBER.matcher(text).matches() || Double.parseDouble(text) > 1) {
      throw new IllegalArgumentException("a share lies between 0 and 1, like 0.001, not " + text);
    }
    return Double.parseDouble(text);
  }

  /** A whole number. */
  static int count(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("a number of connections looks like 16, not " + text);
    }
    return Integer.parseInt(text);
  }
}

package dev.plumbline.ci.cli.config;

import java.util.random.RandomGenerator;

/** Seeds as people write them: up to 16 hexadecimal digits, as in {@code 7f3a}. */
public final class Seeds {
  private static final int MAX_DIGITS = 16;

  private Seeds() {}

  /**
   * Parses a seed.
   *
   * @throws UsageException when it is not 1 to 16 hexadecimal digits
   */
  public static long parse(String text) throws UsageException {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.matches("[0-9a-fA-F]+")) {
      throw new UsageException(
          "'" + text + "' is not a seed; use 1 to 16 hexadecimal digits, as in 7f3a");
    }
    return Long.parseUnsignedLong(digits, 16);
  }

  /** A seed short enough to be read out loud. */
  public static long random(RandomGenerator random) {
    return random.nextLong(1L << 32);
  }
}

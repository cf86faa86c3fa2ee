package dev.plumbline.ci.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Network addresses as the user writes them. */
public final class Addresses {
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^\\s/:@]+):(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  /**
   * Returns the text when it reads {@code HOST:PORT}.
   *
   * @throws UsageException when it does not
   */
  public static String requireHostAndPort(String text) throws UsageException {
    Matcher matcher = HOST_AND_PORT.matcher(text);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(2)) < 1
        || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
      throw new UsageException("'" + text + "' is not HOST:PORT, as in 127.0.0.1:8474");
    }
    return text;
  }
}

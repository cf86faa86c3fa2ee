package dev.plumbline.server.client;

/** Makes what a server wrote safe for a terminal: no control characters reach it. */
final class Printable {
  private Printable() {}

  /** Several lines. */
  static String text(String given) {
    return clean(given, true);
  }

  /** One line. */
  static String line(String given) {
    return clean(given, false);
  }

  private static String clean(String given, boolean lines) {
    StringBuilder clean = new StringBuilder(given.length());
    given
        .codePoints()
        .forEach(
            c -> {
              boolean kept = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
              boolean broken = c == '\n' || c == '\t';
              clean.appendCodePoint(
                  kept || (broken && lines) ? c : broken || c == '\r' ? ' ' : '\uFFFD');
            });
    return clean.toString();
  }
}

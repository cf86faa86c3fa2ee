package dev.plumbline.ci.cli.terminal;

/**
 * Text from a target, made harmless for a terminal: a server must not be able to move the cursor,
 * rename the window or fake a verdict by what it calls itself.
 */
public final class SafeText {
  private static final int MAX_LENGTH = 400;

  private SafeText() {}

  /** One line without control, format or private characters, cut to a bounded length. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(point -> safe.append(isSafe(point) ? Character.toString(point) : replace(point)));
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      safe.append('…');
    }
    return safe.toString();
  }

  private static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          // includes the bidirectional overrides U+202A to U+202E and U+2066 to U+2069
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String replace(int point) {
    return point == '\n' || point == '\r' || point == '\t' ? " " : "?";
  }
}

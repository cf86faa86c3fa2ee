package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of a POSIX shell, safe whatever they are made of. */
final class Shell {
  private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

  private Shell() {}

  /** The text as one word. */
  static String word(String text) {
    return text.matches(PLAIN) ? text : quoted(text);
  }

  /** The text between single quotes. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** One line of comment. */
  static String comment(String text) {
    return "# " + line(text);
  }

  /** The text on one line, without what a terminal would obey. */
  static String line(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(500)
        .forEach(
            point ->
                safe.appendCodePoint(
                    Character.isISOControl(point)
                            || Character.getType(point) == Character.FORMAT
                            || Character.getType(point) == Character.LINE_SEPARATOR
                            || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                            || Character.getType(point) == Character.SURROGATE
                        ? ' '
                        : point));
    return safe.toString().strip();
  }

  /** Commands that print the segments exactly. */
  static String print(List<Story.Segment> segments) {
    StringBuilder commands = new StringBuilder();
    for (Story.Segment segment : segments) {
      commands.append(commands.isEmpty() ? "" : "; ");
      commands.append(
          segment.variable() >= 0
              ? "printf '%s' \"$kept" + segment.variable() + "\""
              : print(segment.bytes()));
    }
    return commands.toString();
  }

  private static String print(Bytes bytes) {
    Optional<String> text = bytes.utf8();
    boolean printable =
        text.isPresent()
            && text.get().codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n');
    if (printable) {
      return "printf '%s' " + quoted(text.get());
    }
    StringBuilder octal = new StringBuilder("printf '");
    for (byte b : bytes.toArray()) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\'' && b != '\\' && b != '%';
      octal.append(
          plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\%03o", b & 255));
    }
    return octal.append('\'').toString();
  }

  /** A header as one word in which carried values are filled in. */
  static String header(Story.Field field) {
    StringBuilder word = new StringBuilder(quoted(field.name() + ": "));
    boolean empty = true;
    for (Story.Segment segment : field.value()) {
      boolean literal = segment.variable() < 0;
      word.append(literal ? quoted(segment.bytes().text()) : "\"$kept" + segment.variable() + "\"");
      empty &= literal && segment.bytes().size() == 0;
    }
    // curl takes a header without value by a semicolon only
    return empty ? quoted(field.name() + ";") : word.toString();
  }
}

package dev.plumbline.evidence.bundle.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of HTML. Values enter it only through {@link #of}, which escapes everything that is not
 * itself {@code Html}: forgetting to escape does not compile into markup.
 */
final class Html {
  static final Html NONE = new Html("");
  private static final String PLACE = "{}";

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /**
   * A template with values.
   *
   * @param template markup of ours, with {@code {}} where a value goes: in text or between double
   *     quotes of an attribute
   * @param values {@code Html} goes in as it is, everything else escaped
   */
  static Html of(String template, Object... values) {
    StringBuilder markup = new StringBuilder();
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf(PLACE, from);
      if (place < 0) {
        throw new IllegalArgumentException("more values than places: " + template);
      }
      markup.append(template, from, place);
      markup.append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
      from = place + PLACE.length();
    }
    if (template.indexOf(PLACE, from) >= 0) {
      throw new IllegalArgumentException("more places than values: " + template);
    }
    return new Html(markup.append(template, from, template.length()).toString());
  }

  /** Markup of ours without any value in it, such as the style sheet. */
  static Html verbatim(String markup) {
    return new Html(markup);
  }

  static Html join(Stream<Html> parts) {
    return new Html(parts.map(Html::toString).collect(Collectors.joining()));
  }

  static Html join(List<Html> parts) {
    return join(parts.stream());
  }

  /** {@code this}, or nothing. */
  Html when(boolean condition) {
    return condition ? this : NONE;
  }

  @Override
  public String toString() {
    return markup;
  }

  /**
   * Text that is nothing but text, in an element and between quotes. What cannot be seen is made
   * visible: control characters as their pictures, characters that turn the reading direction by
   * their code, so that a target cannot make a report read differently than it is.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\t' -> escaped.append((char) c);
      case '\r' -> escaped.append('␍');
      default -> {
        if (c < 0x20) {
          escaped.append((char) (0x2400 + c));
        } else if (isInvisible(c)) {
          escaped.append("\u27e6U+%04X\u27e7".formatted(c));
        } else {
          escaped.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isInvisible(int c) {
    return (c >= 0x7f && c <= 0x9f)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0xfeff
        || (c >= 0xd800 && c <= 0xdfff)
        || (c >= 0xfff0 && c <= 0xffff)
        || (c >= 0xe0000 && c <= 0xe007f);
  }
}

package dev.plumbline.ci.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of output: pieces of text, each with a tone. Text becomes safe when it is added, so no
 * escape sequence but our own can be printed.
 */
public final class Line {
  private record Span(String text, Tone tone) {}

  private final List<Span> spans = new ArrayList<>();

  /** An empty line. */
  public Line() {}

  /** Adds text in the terminal's own colour. */
  public Line add(String text) {
    return add(text, Tone.PLAIN);
  }

  /** Adds text in a tone. */
  public Line add(String text, Tone tone) {
    spans.add(new Span(SafeText.of(text), tone));
    return this;
  }

  /** Adds text padded with blanks to a width. */
  public Line pad(String text, int width, Tone tone) {
    int length = text.codePointCount(0, text.length());
    return add(text + " ".repeat(Math.max(0, width - length)), tone);
  }

  /** Adds text with blanks before it, up to a width. */
  public Line right(String text, int width, Tone tone) {
    int length = text.codePointCount(0, text.length());
    return add(" ".repeat(Math.max(0, width - length)) + text, tone);
  }

  /** The line as it is printed; cut to the width where lines are painted over. */
  public String render(Display display) {
    int room = display.live() ? display.columns() - 1 : Integer.MAX_VALUE;
    StringBuilder out = new StringBuilder();
    for (Span span : spans) {
      String text = display.glyphs().adapt(span.text());
      String kept = cut(text, room, display.glyphs().more());
      room -= kept.codePointCount(0, kept.length());
      out.append(display.colour() ? span.tone().paint(kept) : kept);
      if (kept.length() < text.length() || room <= 0) {
        break;
      }
    }
    return out.toString().stripTrailing();
  }

  private static String cut(String text, int room, String more) {
    if (text.codePointCount(0, text.length()) <= room) {
      return text;
    }
    int keep = room - more.length();
    return keep < 0
        ? more.substring(0, Math.max(0, room))
        : text.substring(0, text.offsetByCodePoints(0, keep)) + more;
  }
}

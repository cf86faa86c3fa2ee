package dev.plumbline.ci.cli.terminal;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the place we print to can show.
 *
 * @param live whether lines can be painted over, that is, whether it is a terminal
 * @param colour whether colour may be used
 * @param glyphs the marks its encoding has
 * @param columns how wide it is; lines that are painted over are cut to this
 */
public record Display(boolean live, boolean colour, Glyphs glyphs, int columns) {
  private static final int DEFAULT_COLUMNS = 100;
  private static final int MIN_COLUMNS = 40;

  /** A file or a pipe that takes UTF-8. */
  public static final Display PLAIN = new Display(false, false, Glyphs.UNICODE, DEFAULT_COLUMNS);

  /**
   * Looks at what the launcher and the environment say.
   *
   * @param terminal whether the stream is a terminal
   * @param charset the stream's encoding by name
   * @param environment the process environment; {@code NO_COLOR}, {@code TERM} and {@code
   *     PLUMBLINE_COLUMNS} matter
   */
  public static Display detect(boolean terminal, String charset, Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean live = terminal && !dumb;
    // no-color.org: any value but the empty one
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Display(
        live,
        colour,
        canShow(charset, Glyphs.UNICODE) ? Glyphs.UNICODE : Glyphs.ASCII,
        columns(environment.getOrDefault("PLUMBLINE_COLUMNS", "")));
  }

  /** Our own text in the encoding's marks; nothing is cut. */
  public String line(String text) {
    return glyphs.adapt(text);
  }

  /** The same, as wide as its window is now. */
  public Display withColumns(int now) {
    return new Display(live, colour, glyphs, Math.max(MIN_COLUMNS, now));
  }

  private static boolean canShow(String charset, Glyphs glyphs) {
    try {
      return Charset.forName(charset).newEncoder().canEncode(glyphs.all());
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static int columns(String text) {
    return text.matches("\\d{1,4}") && Integer.parseInt(text) > 0
        ? Math.max(MIN_COLUMNS, Integer.parseInt(text))
        : DEFAULT_COLUMNS;
  }
}

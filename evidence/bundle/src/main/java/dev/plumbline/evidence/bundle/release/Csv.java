package dev.plumbline.evidence.bundle.release;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as text (RFC 4180): lines end with CR LF, a cell with a comma, a quote or a line end is
 * quoted. A cell of text that a spreadsheet would take for a formula begins with an apostrophe.
 */
final class Csv {
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
  private static final Pattern FORMULA = Pattern.compile("[=+@\\-\t\r].*", Pattern.DOTALL);

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /** A table with its head. */
  Csv(String... head) {
    this.columns = head.length;
    row((Object[]) head);
  }

  /**
   * One line.
   *
   * @param cells null is an empty cell
   */
  Csv row(@Nullable Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + columns);
    }
    text.append(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")));
    text.append("\r\n");
    return this;
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> plain(number);
      case Number number -> number.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String value) {
    String safe = FORMULA.matcher(value).matches() ? "'" + value : value;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** All digits, without exponent or zeros that say nothing. */
  static String plain(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
    return plain.signum() == 0 ? "0" : plain.toPlainString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

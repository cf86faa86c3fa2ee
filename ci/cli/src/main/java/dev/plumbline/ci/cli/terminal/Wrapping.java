package dev.plumbline.ci.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into rows at blanks. */
final class Wrapping {
  private Wrapping() {}

  /** Rows of at most {@code width} characters; a longer word keeps a row for itself. */
  static List<String> wrap(String text, int width) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!row.isEmpty() && row.length() + 1 + word.length() > width) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ").append(word);
    }
    rows.add(row.toString());
    return rows;
  }
}

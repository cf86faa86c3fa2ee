package dev.plumbline.ci.cli.terminal;

/** The few marks that carry meaning, in two encodings. */
public enum Glyphs {
  UNICODE("✗", "○", "█", "░", "·", "…", "±"),
  ASCII("x", "o", "#", "-", "|", "...", "+/-");

  private final String broken;
  private final String unseen;
  private final String full;
  private final String empty;
  private final String dot;
  private final String more;
  private final String plusMinus;

  Glyphs(
      String broken,
      String unseen,
      String full,
      String empty,
      String dot,
      String more,
      String plusMinus) {
    this.broken = broken;
    this.unseen = unseen;
    this.full = full;
    this.empty = empty;
    this.dot = dot;
    this.more = more;
    this.plusMinus = plusMinus;
  }

  /** A check that failed. */
  String broken() {
    return broken;
  }

  /** A check that saw nothing. */
  String unseen() {
    return unseen;
  }

  /** A done part of a bar. */
  public String full() {
    return full;
  }

  /** A part of a bar that is to come. */
  public String empty() {
    return empty;
  }

  /** Something was left out. */
  String more() {
    return more;
  }

  String all() {
    return broken + unseen + full + empty + dot + more + plusMinus;
  }

  /**
   * Our own text in this encoding: the separators we write are replaced, and whatever is left that
   * the encoding lacks becomes a question mark.
   */
  String adapt(String text) {
    if (this == UNICODE) {
      return text;
    }
    return text.replace("·", dot)
        .replace("…", more)
        .replace("±", plusMinus)
        .replace("µ", "u")
        .replaceAll("[^\\x20-\\x7e]", "?");
  }
}

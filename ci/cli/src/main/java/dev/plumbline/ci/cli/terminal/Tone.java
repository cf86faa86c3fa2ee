package dev.plumbline.ci.cli.terminal;

/** Colour, only where it carries meaning. */
public enum Tone {
  /** The terminal's own colour. */
  PLAIN(""),
  /** As it should be. */
  GOOD("32"),
  /** Not as it must be. */
  BAD("31"),
  /** Somebody should look. */
  UNSURE("33"),
  /** Said in passing. */
  QUIET("2"),
  /** The good decision. */
  GO("1;32"),
  /** The bad one. */
  NO_GO("1;31");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The text between the escape sequences of this tone. */
  String paint(String text) {
    return code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

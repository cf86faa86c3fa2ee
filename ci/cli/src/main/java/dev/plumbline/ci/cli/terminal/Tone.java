package dev.plumbline.ci.cli.terminal;

/** Colour, only where it carries meaning. */
enum Tone {
  PLAIN(""),
  GOOD("32"),
  BAD("31"),
  UNSURE("33"),
  QUIET("2"),
  GO("1;32"),
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

package dev.plumbline.server.api;

/** A JSON value does not fit the Java type it is meant for; cheap, without a stack trace. */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String text;

  Mismatch(String text) {
    this("", text);
  }

  private Mismatch(String path, String text) {
    super(path + " " + text, null, false, false);
    this.path = path;
    this.text = text;
  }

  /** The same problem, seen from one step above. */
  Mismatch below(String step) {
    return new Mismatch(step + path, text);
  }

  /** One line. */
  String in(String root) {
    return root + path + " " + text;
  }
}

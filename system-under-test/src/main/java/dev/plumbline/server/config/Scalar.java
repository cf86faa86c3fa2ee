package dev.plumbline.server.config;

/**
 * A single value as it was written.
 *
 * @param text what was written
 * @param type what its notation makes of it
 */
record Scalar(String text, Type type) {
  /** What the notation of a value says. */
  enum Type {
    /** A quoted or other text. */
    TEXT,
    /** A number or a truth value. */
    PLAIN
  }

  /** From a command line, where everything is plain. */
  static Scalar plain(String text) {
    return new Scalar(text, Type.PLAIN);
  }
}

package dev.plumbline.conformance.shape;

/**
 * A place where a message is not shaped as its revision says.
 *
 * @param path the place, such as {@code result.tools[3].name}
 * @param expected what has to be there, in a few words
 * @param actual what is there, shortened
 */
public record Mismatch(String path, String expected, String actual) {
  private static final int MAX_ACTUAL = 80;

  /** Shortens what is there. */
  public Mismatch {
    actual = actual.length() <= MAX_ACTUAL ? actual : actual.substring(0, MAX_ACTUAL) + "…";
  }

  /** Place and fault in one clause. */
  @Override
  public String toString() {
    return path + " is " + actual + ", not " + expected;
  }
}

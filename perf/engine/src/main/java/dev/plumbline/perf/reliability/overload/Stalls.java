package dev.plumbline.perf.reliability.overload;

import java.util.List;

/**
 * When the generator stood still, for its collector or for want of a processor. What it timed then
 * says nothing about the server; {@code generator-stalls.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param millis the longest stall of each second of the load, in milliseconds
 * @param count how many seconds there are; last, so that a truncated file is refused
 */
public record Stalls(String schema, List<Long> millis, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/generator-stalls/v1";

  /** The file's name. */
  public static final String FILE = "generator-stalls.json";

  /** In a second with a longer stall a latency is not held against the server. */
  public static final long HARMLESS_MILLIS = 10;

  /**
   * @throws IllegalArgumentException when the form is unknown or the count does not match
   */
  public Stalls {
    millis = List.copyOf(millis);
    if (!SCHEMA.equals(schema) || count != millis.size()) {
      throw new IllegalArgumentException("unknown form " + schema + ", or cut short");
    }
  }

  Stalls(List<Long> millis) {
    this(SCHEMA, millis, millis.size());
  }

  /** Whether the generator was well in a second. */
  public boolean isWell(int second) {
    return millis.get(second) <= HARMLESS_MILLIS;
  }

  /** The share of seconds in which it was. */
  public double well() {
    return millis.isEmpty()
        ? 0
        : (double) millis.stream().filter(stall -> stall <= HARMLESS_MILLIS).count() / count;
  }
}

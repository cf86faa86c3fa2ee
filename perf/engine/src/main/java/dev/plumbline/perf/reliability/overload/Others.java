package dev.plumbline.perf.reliability.overload;

import java.util.List;

/**
 * How much processor time programs that take no part took during the load at 0.8 of the capacity.
 * What was timed while they ran says nothing about the server; {@code others.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param intervalMillis how long an interval is
 * @param millis processor time of others in each interval, all processors together
 * @param count how many intervals there are; last, so that a truncated file is refused
 */
public record Others(String schema, long intervalMillis, List<Long> millis, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/others/v1";

  /** The file's name. */
  public static final String FILE = "others.json";

  /** Up to this share of one processor they take no turn that shows. */
  public static final double HARMLESS = 0.10;

  /**
   * @throws IllegalArgumentException when the form is unknown or the count does not match
   */
  public Others {
    millis = List.copyOf(millis);
    if (!SCHEMA.equals(schema) || count != millis.size() || intervalMillis <= 0) {
      throw new IllegalArgumentException("unknown form " + schema + ", or cut short");
    }
  }

  Others(long intervalMillis, List<Long> millis) {
    this(SCHEMA, intervalMillis, millis, millis.size());
  }

  /** Whether an interval was the experiment's alone; one that was not watched was not. */
  public boolean isAlone(int interval) {
    return interval < count && millis.get(interval) <= HARMLESS * intervalMillis;
  }
}

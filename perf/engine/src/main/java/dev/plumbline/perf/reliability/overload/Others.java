package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.process.Neighbours.Taken;
import java.util.List;

/**
 * How much processor time programs that take no part, and other machines of the same hypervisor,
 * took during the load at 0.8 of the capacity. What was timed meanwhile says nothing about the
 * server; {@code others.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param intervalMillis how long an interval is
 * @param taken what others took in each interval
 * @param count how many intervals there are; last, so that a truncated file is refused
 */
public record Others(String schema, long intervalMillis, List<Taken> taken, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/others/v2";

  /** The file's name. */
  public static final String FILE = "others.json";

  /** Up to this share of one processor they take no turn that shows. */
  public static final double HARMLESS = 0.10;

  /**
   * And a hypervisor up to this share. At 0.8 of the capacity, what came while a processor stood
   * still is worked off in four times as long.
   */
  public static final double HARMLESS_STOLEN = 0.05;

  /**
   * @throws IllegalArgumentException when the form is unknown or the count does not match
   */
  public Others {
    taken = List.copyOf(taken);
    if (!SCHEMA.equals(schema) || count != taken.size() || intervalMillis <= 0) {
      throw new IllegalArgumentException("unknown form " + schema + ", or cut short");
    }
  }

  Others(long intervalMillis, List<Taken> taken) {
    this(SCHEMA, intervalMillis, taken, taken.size());
  }

  /** Whether an interval was the experiment's alone; one that was not watched was not. */
  public boolean isAlone(int interval) {
    return interval < count
        && taken.get(interval).programsMillis() <= HARMLESS * intervalMillis
        && taken.get(interval).stolenMillis() <= HARMLESS_STOLEN * intervalMillis;
  }
}

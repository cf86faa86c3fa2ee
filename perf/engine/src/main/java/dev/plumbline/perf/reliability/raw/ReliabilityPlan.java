package dev.plumbline.perf.reliability.raw;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which parts there were and what became of each: {@code reliability.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param profile the profile's id
 * @param seed the run's seed in hexadecimal
 * @param entries every part there is, in order
 * @param facts what the reader must know, sorted by key
 * @param count how many entries there are; written last, so that a truncated file is refused
 */
public record ReliabilityPlan(
    String schema,
    String profile,
    String seed,
    List<Entry> entries,
    Map<String, String> facts,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/reliability/v1";

  /** The file's name. */
  public static final String FILE = "reliability.json";

  /** What became of a part. */
  public enum State {
    /** It ran; what it left lies in its folder. */
    RUN,
    /** It does not belong to this run. */
    NOT_APPLICABLE,
    /** It belongs to this run, but could not be observed. */
    NOT_OBSERVED,
    /** It belongs to this run, but Plumbline could not run it. */
    HARNESS_FAULT
  }

  /**
   * One part.
   *
   * @param part which
   * @param state what became of it
   * @param reason why it did not run; empty when it ran
   */
  public record Entry(Part part, State state, String reason) {
    /**
     * @throws IllegalArgumentException when a part did not run for no reason
     */
    public Entry {
      if ((state == State.RUN) != reason.isEmpty()) {
        throw new IllegalArgumentException(part.id() + ": what did not run has a reason");
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public ReliabilityPlan {
    entries = List.copyOf(entries);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != entries.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " parts, found " + entries.size());
    }
  }
}

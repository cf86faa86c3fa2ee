package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.flood.Fate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an overload experiment saw, beside its interval logs and the looks at the queues: {@code
 * overload.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param part the part it belongs to
 * @param busyPerSecond answers a second when the server was kept busy, after warming up
 * @param steps the capacity search
 * @param capacity the highest rate that was borne; 0 when none was, and nothing follows
 * @param sustained the load at 0.8 of the capacity; without requests when it was left out
 * @param overload the load beyond the capacity
 * @param lanes the control requests during the overload
 * @param probeBefore calls without other load, before
 * @param probes calls without other load, in windows right after the overload
 * @param heapBeforeBytes live heap of the server before the overload, collected
 * @param heapAfterBytes the same after it
 * @param alive whether the server's process was the same, and ran, at the end
 * @param stats what the control plane said of itself at the end of the overload, as JSON; empty
 *     when it says nothing
 * @param sealed always true; written last, so that a truncated file is refused
 */
public record OverloadRecord(
    String schema,
    String part,
    double busyPerSecond,
    List<Step> steps,
    double capacity,
    Load sustained,
    Load overload,
    List<Lane.Counts> lanes,
    Probe probeBefore,
    List<Probe> probes,
    long heapBeforeBytes,
    long heapAfterBytes,
    boolean alive,
    String stats,
    boolean sealed) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/overload/v1";

  /** The file's name. */
  public static final String FILE = "overload.json";

  /** From due to answered. */
  public static final String ANSWERED = "answered.hlog";

  /** From sent to refused. */
  public static final String REFUSED = "refused.hlog";

  /** How late the generator was. */
  public static final String LATENESS = "lateness.hlog";

  /** From due to answered, at 0.8 of the capacity. */
  public static final String SUSTAINED_ANSWERED = "sustained-answered.hlog";

  /** How late the generator was, at 0.8 of the capacity. */
  public static final String SUSTAINED_LATENESS = "sustained-lateness.hlog";

  /** The interval log of a lane. */
  public static String lane(String name) {
    return "control-" + name + ".hlog";
  }

  /**
   * One step of the capacity search.
   *
   * @param perSecond the rate that was offered
   * @param due requests that were due
   * @param answered with the right answer
   * @param refused with 429
   * @param p99Millis from due to answered
   * @param latenessP99Millis how late the generator was by its own doing
   * @param borne whether the server bore it
   */
  public record Step(
      double perSecond,
      long due,
      long answered,
      long refused,
      double p99Millis,
      double latenessP99Millis,
      boolean borne) {}

  /**
   * Load at a rate.
   *
   * @param perSecond arrivals a second
   * @param seconds how long
   * @param fates how many requests met which fate
   * @param series the same by interval
   * @param intervalMillis how long an interval is
   * @param details the first failures in words
   * @param count how many intervals there are
   */
  public record Load(
      double perSecond,
      double seconds,
      Map<Fate, Long> fates,
      List<Map<Fate, Long>> series,
      long intervalMillis,
      List<String> details,
      int count) {
    /**
     * @throws IllegalArgumentException when the parts do not add up
     */
    public Load {
      fates = Collections.unmodifiableMap(new TreeMap<>(fates));
      series =
          series.stream()
              .map(slot -> Collections.unmodifiableMap(new TreeMap<>(slot)))
              .<Map<Fate, Long>>map(slot -> slot)
              .toList();
      details = List.copyOf(details);
      if (count != series.size()) {
        throw new IllegalArgumentException(
            "sealed with " + count + " intervals, found " + series.size());
      }
      for (Fate fate : Fate.values()) {
        long sum = series.stream().mapToLong(slot -> slot.getOrDefault(fate, 0L)).sum();
        if (sum != fates.getOrDefault(fate, 0L)) {
          throw new IllegalArgumentException("the intervals do not add up: " + fate);
        }
      }
    }

    /** A load that was not applied. */
    public static Load none() {
      return new Load(0, 0, Map.of(), List.of(), 1_000, List.of(), 0);
    }

    /** How many requests met that fate. */
    public long of(Fate fate) {
      return fates.getOrDefault(fate, 0L);
    }

    /** How many requests there were. */
    public long total() {
      return fates.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Calls at a low rate.
   *
   * @param fromMillis when the first was due, since the overload began
   * @param toMillis when the last was over
   * @param due how many were due
   * @param right with the right answer
   * @param p99Millis from due to answered
   */
  public record Probe(double fromMillis, double toMillis, long due, long right, double p99Millis) {}

  /**
   * @throws IllegalArgumentException when the form is unknown or unsealed
   */
  public OverloadRecord {
    steps = List.copyOf(steps);
    lanes = List.copyOf(lanes);
    probes = List.copyOf(probes);
    if (!SCHEMA.equals(schema) || !sealed) {
      throw new IllegalArgumentException("unknown or unsealed form " + schema);
    }
  }

  /** The record of an experiment that found no rate that is borne, and ended with that. */
  static OverloadRecord withoutCapacity(String part, double busyPerSecond, List<Step> steps) {
    return new OverloadRecord(
        SCHEMA,
        part,
        busyPerSecond,
        steps,
        0,
        Load.none(),
        Load.none(),
        List.of(),
        new Probe(0, 0, 0, 0, 0),
        List.of(),
        0,
        0,
        true,
        "",
        true);
  }
}

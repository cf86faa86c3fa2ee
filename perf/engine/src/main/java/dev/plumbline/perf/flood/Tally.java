package dev.plumbline.perf.flood;

import dev.plumbline.perf.raw.IntervalLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of one flood, by the interval they were due in. Belongs to the thread
 * that floods until the flood has ended.
 */
public final class Tally {
  /** So many failures are kept in words. */
  public static final int MAX_DETAILS = 20;

  private static final int MAX_DETAIL = 300;

  private final long intervalNanos;

  /** By interval; arrays of one number each, so that counting allocates nothing. */
  private final List<Map<Fate, long[]>> fates = new ArrayList<>();

  private final List<Histogram> answered = new ArrayList<>();
  private final List<Histogram> refused = new ArrayList<>();
  private final List<Histogram> lateness = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  /** Intervals that together cover {@code length}. */
  Tally(Duration length, Duration interval) {
    intervalNanos = interval.toNanos();
    int intervals = (int) -Math.floorDiv(-length.toNanos(), intervalNanos);
    for (int i = 0; i < intervals; i++) {
      Map<Fate, long[]> counts = new EnumMap<>(Fate.class);
      for (Fate fate : Fate.values()) {
        counts.put(fate, new long[1]);
      }
      fates.add(counts);
      answered.add(IntervalLog.histogram());
      refused.add(IntervalLog.histogram());
      lateness.add(IntervalLog.histogram());
    }
  }

  /**
   * Counts one request. All times in nanoseconds since the first was due.
   *
   * @param due when it was due
   * @param sent when it was sent
   * @param ended when its answer was complete
   */
  void count(Fate fate, long due, long sent, long ended) {
    int interval = interval(due);
    counter(interval, fate)[0]++;
    if (fate == Fate.ANSWERED) {
      answered.get(interval).recordValue(bounded(ended - due));
    } else if (fate == Fate.REFUSED) {
      // A refusal owes its promptness to the moment it was asked.
      refused.get(interval).recordValue(bounded(ended - sent));
    }
  }

  /** How late the generator sent a request by its own doing. */
  void late(long due, long nanos) {
    lateness.get(interval(due)).recordValue(bounded(nanos));
  }

  /** Something worth reading about a request that was not answered. */
  void detail(String text) {
    if (details.size() < MAX_DETAILS) {
      details.add(text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL));
    }
  }

  private long[] counter(int interval, Fate fate) {
    return Objects.requireNonNull(fates.get(interval).get(fate));
  }

  private int interval(long due) {
    return (int) Math.min(fates.size() - 1L, Math.max(0, due) / intervalNanos);
  }

  private static long bounded(long nanos) {
    return Math.clamp(nanos, 0, IntervalLog.HIGHEST_NANOS);
  }

  /** How many requests met that fate. */
  public long of(Fate fate) {
    long sum = 0;
    for (int i = 0; i < fates.size(); i++) {
      sum += counter(i, fate)[0];
    }
    return sum;
  }

  /** How many requests there were. */
  public long total() {
    long sum = 0;
    for (Fate fate : Fate.values()) {
      sum += of(fate);
    }
    return sum;
  }

  /** How many requests of one interval met which fate. */
  public Map<Fate, Long> of(int interval) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      counts.put(fate, counter(interval, fate)[0]);
    }
    return counts;
  }

  /** How many intervals there are. */
  public int intervals() {
    return fates.size();
  }

  /** How long each interval is. */
  public Duration interval() {
    return Duration.ofNanos(intervalNanos);
  }

  /** From due to answered, by interval; not to be changed. */
  public List<Histogram> answered() {
    return answered;
  }

  /** From sent to refused, by interval; not to be changed. */
  public List<Histogram> refused() {
    return refused;
  }

  /** How late requests were sent by the generator's own doing, by interval; not to be changed. */
  public List<Histogram> lateness() {
    return lateness;
  }

  /** All intervals of one of these lists together. */
  public static Histogram sum(List<Histogram> intervals) {
    Histogram sum = IntervalLog.histogram();
    intervals.forEach(sum::add);
    return sum;
  }

  /** The first failures in words, bounded. */
  public List<String> details() {
    return List.copyOf(details);
  }
}

package dev.plumbline.perf.raw;

import dev.plumbline.perf.load.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one attempt at one objective saw, beside its interval logs: {@code scenario.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param slo the objective's id
 * @param attempt the attempt's number, from 1
 * @param request what was asked, in words: {@code tools/call echo over http, 2026-07-28}
 * @param sample the request as text, bounded, without credentials
 * @param perSecond the rate of the schedule
 * @param warmUp how many requests warmed up
 * @param due how many measured requests were due
 * @param connections how many connections there were
 * @param deadlineMillis the deadline of each request
 * @param intervalMillis how long each interval of the series and the logs is
 * @param outcomes how the measured requests ended; adds up to {@code due}
 * @param warmUpFailed how many requests of the warm-up did not get the right answer
 * @param waited how many measured requests were due before a connection was free
 * @param series how the requests of each interval ended
 * @param failures the first failures in words
 * @param count how many entries {@code series} has; written last, so that a truncated file is
 *     refused
 */
public record ScenarioRecord(
    String schema,
    String slo,
    int attempt,
    String request,
    String sample,
    double perSecond,
    long warmUp,
    long due,
    int connections,
    double deadlineMillis,
    long intervalMillis,
    Map<Outcome, Long> outcomes,
    long warmUpFailed,
    long waited,
    List<Interval> series,
    List<Failed> failures,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/perf-scenario/v1";

  /**
   * The requests due in one interval.
   *
   * @param fromMillis when it begins, since the first measured request was due
   * @param ok right answers
   * @param failed all others
   */
  public record Interval(long fromMillis, long ok, long failed) {}

  /**
   * A failure in words.
   *
   * @param atMillis when the request was due, since the first measured request was due
   * @param outcome how it ended
   * @param detail what was seen, bounded
   */
  public record Failed(double atMillis, Outcome outcome, String detail) {}

  /**
   * @throws IllegalArgumentException when the parts do not add up
   */
  public ScenarioRecord {
    outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    series = List.copyOf(series);
    failures = List.copyOf(failures);
    require(SCHEMA.equals(schema), "unknown form " + schema);
    require(count == series.size(), "sealed with " + count + " intervals, found " + series.size());
    require(
        outcomes.values().stream().allMatch(n -> n >= 0)
            && series.stream().allMatch(i -> i.ok() >= 0 && i.failed() >= 0),
        "a count is negative");
    long total = outcomes.values().stream().mapToLong(Long::longValue).sum();
    require(total == due, "outcomes add up to " + total + ", due were " + due);
    long ok = series.stream().mapToLong(Interval::ok).sum();
    long failed = series.stream().mapToLong(Interval::failed).sum();
    require(ok == outcomes.getOrDefault(Outcome.OK, 0L), "the series does not add up");
    require(ok + failed == due, "the series does not add up");
  }

  /** Requests with the right answer. */
  public long ok() {
    return outcomes.getOrDefault(Outcome.OK, 0L);
  }

  /** All other requests. */
  public long failed() {
    return due - ok();
  }

  /** Requests that could not be sent in time. */
  public long notStarted() {
    return outcomes.getOrDefault(Outcome.NOT_STARTED, 0L);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}

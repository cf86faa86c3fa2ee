package dev.plumbline.perf.raw;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.load.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One attempt's record with its interval logs, checked against each other.
 *
 * @param seen counts and schedule
 * @param latencyLog from the intended start
 * @param serviceLog from the actual send
 * @param latenessLog the generator's own delay
 */
public record Scenario(
    ScenarioRecord seen, IntervalLog latencyLog, IntervalLog serviceLog, IntervalLog latenessLog) {
  /** The record's file. */
  public static final String RECORD = "scenario.json";

  /** The corrected log's file. */
  public static final String LATENCY = "latency.hlog";

  /** The uncorrected log's file. */
  public static final String SERVICE = "service.hlog";

  /** The generator's log's file. */
  public static final String LATENESS = "lateness.hlog";

  /** The tag of right answers. */
  public static final String OK = "ok";

  /** The tag of everything else. */
  public static final String FAILED = "failed";

  /** Writes the folder, the record last: without it the rest is worth nothing. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    long millis = seen.intervalMillis();
    latencyLog.write(folder.resolve(LATENCY), "latency from the intended start", millis);
    serviceLog.write(folder.resolve(SERVICE), "service time from the actual send", millis);
    latenessLog.write(folder.resolve(LATENESS), "the generator's own lateness", millis);
    Json.write(folder.resolve(RECORD), seen);
  }

  /**
   * Reads a folder strictly.
   *
   * @throws IOException when a file is missing, truncated or malformed, or when the files do not
   *     agree; the message names folder and file
   */
  public static Scenario read(Path folder) throws IOException {
    try {
      Scenario scenario =
          new Scenario(
              Json.read(folder.resolve(RECORD), ScenarioRecord.class),
              IntervalLog.read(folder.resolve(LATENCY)),
              IntervalLog.read(folder.resolve(SERVICE)),
              IntervalLog.read(folder.resolve(LATENESS)));
      scenario.check();
      return scenario;
    } catch (IOException e) {
      throw new IOException(folder.getFileName() + "/" + e.getMessage(), e);
    }
  }

  private void check() throws IOException {
    agree(LATENCY, latencyLog.merged(OK).getTotalCount(), seen.ok());
    agree(LATENCY, latencyLog.samples(), seen.due());
    agree(SERVICE, serviceLog.merged(OK).getTotalCount(), seen.ok());
    agree(SERVICE, serviceLog.samples(), seen.due() - seen.notStarted());
    agree(LATENESS, latenessLog.samples(), seen.due());
    for (ScenarioRecord.Interval interval : seen.series()) {
      double from = interval.fromMillis() / 1000.0;
      agree(LATENCY, count(latencyLog, OK, from), interval.ok());
      agree(LATENCY, count(latencyLog, FAILED, from), interval.failed());
    }
  }

  private static long count(IntervalLog log, String tag, double from) {
    return log.entries().stream()
        .filter(e -> e.tag().equals(tag) && Math.abs(e.startSeconds() - from) < 0.0005)
        .mapToLong(e -> e.histogram().getTotalCount())
        .sum();
  }

  private static void agree(String file, long found, long expected) throws IOException {
    if (found != expected) {
      throw new IOException(
          file + " holds " + found + " samples where " + RECORD + " counts " + expected);
    }
  }

  /**
   * The latency of every request that was due: right answers as measured, all others at the
   * deadline or at the time they took if that was longer, so that failing fast never looks quick.
   */
  public Histogram latency() {
    return atLeastDeadline(latencyLog, seen.due() - seen.ok());
  }

  /** The service time of the right answers, uncorrected. */
  public Histogram service() {
    return serviceLog.merged(OK);
  }

  /** The generator's own lateness. */
  public Histogram lateness() {
    return latenessLog.merged("");
  }

  /** For each interval, in order, the latency as {@link #latency()} tells it. */
  public List<Histogram> latencyByInterval() {
    List<Histogram> intervals = new ArrayList<>();
    for (ScenarioRecord.Interval interval : seen.series()) {
      double from = interval.fromMillis() / 1000.0;
      List<IntervalLog.Entry> entries =
          latencyLog.entries().stream()
              .filter(e -> Math.abs(e.startSeconds() - from) < 0.0005)
              .toList();
      intervals.add(atLeastDeadline(new IntervalLog(entries), interval.failed()));
    }
    return intervals;
  }

  private Histogram atLeastDeadline(IntervalLog log, long failed) {
    Histogram all = log.merged(OK);
    Histogram slow = log.merged(FAILED);
    long deadline = (long) (seen.deadlineMillis() * 1e6);
    long longer = 0;
    for (var value : slow.recordedValues()) {
      if (value.getValueIteratedTo() > deadline) {
        all.recordValueWithCount(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
        longer += value.getCountAtValueIteratedTo();
      }
    }
    if (failed > longer) {
      all.recordValueWithCount(deadline, failed - longer);
    }
    return all;
  }

  /** The outcome that most of the failed requests had; {@link Outcome#OK} when none failed. */
  public Outcome mostFrequentFailure() {
    Outcome most = Outcome.OK;
    long highest = 0;
    for (var entry : seen.outcomes().entrySet()) {
      if (!entry.getKey().isOk() && entry.getValue() > highest) {
        most = entry.getKey();
        highest = entry.getValue();
      }
    }
    return most;
  }
}

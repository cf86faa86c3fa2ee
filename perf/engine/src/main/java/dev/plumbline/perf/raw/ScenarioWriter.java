package dev.plumbline.perf.raw;

import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.Samples;
import dev.plumbline.perf.slo.Slo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Turns the samples of an ended attempt into the form that is kept. */
public final class ScenarioWriter {
  /** Intervals are not shorter. */
  public static final long MIN_INTERVAL_MILLIS = 100;

  /** There are at most so many intervals. */
  public static final int MAX_INTERVALS = 120;

  private final Samples samples;
  private final Slo slo;
  private final long from;
  private final long intervalMillis;
  private final int intervals;
  private final List<Histogram> latencyOk = new ArrayList<>();
  private final List<Histogram> latencyFailed = new ArrayList<>();
  private final List<Histogram> serviceOk = new ArrayList<>();
  private final List<Histogram> serviceFailed = new ArrayList<>();
  private final List<Histogram> lateness = new ArrayList<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private long waited;
  private long warmUpFailed;

  private ScenarioWriter(Samples samples, Slo slo) {
    this.samples = samples;
    this.slo = slo;
    from = samples.schedule().measuringFromNanos();
    long millis = samples.schedule().measured().toMillis();
    intervalMillis = Math.max(MIN_INTERVAL_MILLIS, -Math.floorDiv(-millis, MAX_INTERVALS));
    intervals = (int) -Math.floorDiv(-millis, intervalMillis);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0L);
    }
    for (List<Histogram> list :
        List.of(latencyOk, latencyFailed, serviceOk, serviceFailed, lateness)) {
      for (int i = 0; i < intervals; i++) {
        list.add(IntervalLog.histogram());
      }
    }
  }

  /**
   * The attempt as it is kept.
   *
   * @param attempt its number, from 1
   * @param request what was asked, in words
   * @param sample the request as text, without credentials
   * @throws IllegalArgumentException when a measured request has no outcome
   */
  public static Scenario scenario(
      Samples samples, Slo slo, int attempt, String request, String sample) {
    ScenarioWriter writer = new ScenarioWriter(samples, slo);
    writer.sort();
    return writer.result(attempt, request, sample);
  }

  private void sort() {
    int warmUp = samples.schedule().warmUpCount();
    for (int index = 0; index < samples.schedule().count(); index++) {
      if (!samples.isTaken(index)) {
        throw new IllegalArgumentException("request " + index + " has no outcome");
      }
      if (index >= warmUp) {
        measured(index);
      } else if (!samples.outcome(index).isOk()) {
        warmUpFailed++;
      }
    }
  }

  private void measured(int index) {
    Outcome outcome = samples.outcome(index);
    outcomes.merge(outcome, 1L, Long::sum);
    long offset = samples.schedule().intendedNanos(index) - from;
    int interval = (int) Math.min(intervals - 1, offset / (intervalMillis * 1_000_000));
    record(outcome.isOk() ? latencyOk : latencyFailed, interval, samples.latencyNanos(index));
    if (outcome != Outcome.NOT_STARTED) {
      record(outcome.isOk() ? serviceOk : serviceFailed, interval, samples.serviceNanos(index));
    }
    record(lateness, interval, samples.latenessNanos(index));
    if (samples.waited(index)) {
      waited++;
    }
  }

  private static void record(List<Histogram> list, int interval, long nanos) {
    list.get(interval).recordValue(Math.min(nanos, IntervalLog.HIGHEST_NANOS));
  }

  private Scenario result(int attempt, String request, String sample) {
    List<ScenarioRecord.Interval> series = new ArrayList<>();
    for (int i = 0; i < intervals; i++) {
      series.add(
          new ScenarioRecord.Interval(
              i * intervalMillis,
              latencyOk.get(i).getTotalCount(),
              latencyFailed.get(i).getTotalCount()));
    }
    ScenarioRecord seen =
        new ScenarioRecord(
            ScenarioRecord.SCHEMA,
            slo.id(),
            attempt,
            request,
            sample,
            slo.perSecond(),
            samples.schedule().warmUpCount(),
            samples.schedule().measuredCount(),
            slo.connections(),
            slo.deadlineMillis(),
            intervalMillis,
            outcomes,
            warmUpFailed,
            waited,
            series,
            failures(),
            series.size());
    return new Scenario(
        seen,
        log(latencyOk, latencyFailed),
        log(serviceOk, serviceFailed),
        new IntervalLog(entries(lateness, "")));
  }

  private List<ScenarioRecord.Failed> failures() {
    return samples.failures().stream()
        .map(
            f ->
                new ScenarioRecord.Failed(
                    Math.round((samples.schedule().intendedNanos(f.index()) - from) / 1e3) / 1e3,
                    f.outcome(),
                    f.detail()))
        .toList();
  }

  private IntervalLog log(List<Histogram> ok, List<Histogram> failed) {
    List<IntervalLog.Entry> all = new ArrayList<>();
    List<IntervalLog.Entry> good = entries(ok, Scenario.OK);
    List<IntervalLog.Entry> bad = entries(failed, Scenario.FAILED);
    for (int i = 0; i < intervals; i++) {
      all.add(good.get(i));
      all.add(bad.get(i));
    }
    return new IntervalLog(all);
  }

  private List<IntervalLog.Entry> entries(List<Histogram> histograms, String tag) {
    List<IntervalLog.Entry> entries = new ArrayList<>();
    for (int i = 0; i < histograms.size(); i++) {
      entries.add(new IntervalLog.Entry(tag, i * intervalMillis / 1000.0, histograms.get(i)));
    }
    return entries;
  }
}

package dev.plumbline.perf.judge;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.raw.Scenario;
import dev.plumbline.perf.raw.ScenarioRecord;
import dev.plumbline.perf.slo.Percentile;
import dev.plumbline.perf.slo.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Holds what the load engine recorded against an objective. An attempt counts only when the
 * generator was healthy in it; when it never was, the verdict is a harness fault, neither pass nor
 * failure.
 */
public final class LoadVerdict {
  private final Slo slo;
  private final List<String> evidence;
  private final Attempts attempts;
  private final Histogram latency;

  private LoadVerdict(Slo slo, Attempts attempts, List<String> evidence) {
    this.slo = slo;
    this.attempts = attempts;
    this.evidence = evidence;
    this.latency = attempts.latency();
  }

  /** Whether the generator kept its schedule in this attempt. */
  public static boolean healthy(Scenario scenario, Slo slo) {
    return Attempts.healthy(scenario, slo);
  }

  /**
   * The verdict over all attempts with a healthy generator.
   *
   * @param scenarios the attempts, at least one
   * @param evidence the raw files, for the findings
   */
  public static Judged of(Slo slo, List<Scenario> scenarios, List<String> evidence) {
    Attempts all = new Attempts(scenarios);
    Attempts healthy = all.healthy(slo);
    boolean isVoid = healthy.scenarios().isEmpty();
    LoadVerdict judging = new LoadVerdict(slo, isVoid ? all : healthy, evidence);
    List<Measurement> measurements = judging.measurements();
    return new Judged(isVoid ? judging.unhealthy() : judging.verdict(measurements), measurements);
  }

  private Verdict unhealthy() {
    return new Verdict.HarnessFault(
        String.format(
            Locale.ROOT,
            "the load generator was late by its own doing: p99 %s ms, limit %s ms; this machine was"
                + " too busy to measure %s/s, run again on a quieter one or lower the rate",
            number(Attempts.millis(attempts.lateness().getValueAtPercentile(99))),
            number(slo.latenessMillis()),
            number(slo.perSecond())));
  }

  private List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    long due = attempts.due();
    for (Percentile percentile : Percentile.values()) {
      all.add(latency(percentile, due));
    }
    all.add(Measurement.of("latency max", Attempts.millis(latency.getMaxValue()), "ms", due));
    Histogram service = attempts.service();
    long ok = attempts.ok();
    for (Percentile percentile : List.of(Percentile.P50, Percentile.P99)) {
      all.add(
          Measurement.of(
              "service time " + percentile.id(),
              Attempts.millis(service.getValueAtPercentile(percentile.value())),
              "ms",
              ok));
    }
    long failed = due - ok;
    all.add(Measurement.atMost("failed requests", ratio(failed, due), "1", slo.errorRatio(), due));
    all.add(
        Measurement.of(
            "failed requests, 95 % upper bound",
            rounded(Binomial.upperBound(failed, due)), "1", due));
    attempts
        .outcomes()
        .forEach(
            (outcome, n) -> {
              if (!outcome.isOk() && n > 0) {
                all.add(Measurement.of("failed: " + outcome.meaning(), n, "requests", due));
              }
            });
    all.add(Measurement.of("arrival rate", slo.perSecond(), "req/s", due));
    double seconds = slo.seconds() * attempts.scenarios().size();
    all.add(Measurement.of("right answers", rounded(ok / seconds), "req/s", ok));
    all.add(
        Measurement.of(
            "requests that waited for a connection", ratio(attempts.waited(), due), "1", due));
    all.add(
        Measurement.atMost(
            "generator lateness p99",
            Attempts.millis(attempts.lateness().getValueAtPercentile(99)),
            "ms",
            slo.latenessMillis(),
            due));
    return all;
  }

  private Measurement latency(Percentile percentile, long due) {
    double value = Attempts.millis(latency.getValueAtPercentile(percentile.value()));
    Double limit = slo.limitsMillis().get(percentile.id());
    String name = "latency " + percentile.id();
    return limit == null || !percentile.isTold(due)
        ? Measurement.of(name, value, "ms", due)
        : Measurement.atMost(name, value, "ms", limit, due);
  }

  private Verdict verdict(List<Measurement> measurements) {
    List<Finding> findings = new ArrayList<>();
    List<Measurement> slow =
        measurements.stream().filter(m -> m.name().startsWith("latency ") && !m.holds()).toList();
    long failed = attempts.due() - attempts.ok();
    if (attempts.ok() == 0 || ratio(failed, attempts.due()) > slo.errorRatio()) {
      findings.add(failures(failed));
    }
    if (!slow.isEmpty()) {
      findings.add(slowness(slow));
    }
    return findings.isEmpty() ? new Verdict.Pass(attempts.due()) : new Verdict.Fail(findings);
  }

  private Finding failures(long failed) {
    String kinds =
        attempts.outcomes().entrySet().stream()
            .filter(e -> !e.getKey().isOk() && e.getValue() > 0)
            .map(e -> e.getValue() + " × " + e.getKey().meaning())
            .collect(Collectors.joining(", "));
    return new Finding(
        failed + " of " + attempts.due() + " requests did not get the right answer",
        sample(),
        firstFailures(),
        "at most " + number(slo.errorRatio() * 100) + " % of the requests fail",
        number(ratio(failed, attempts.due()) * 100) + " % failed: " + kinds,
        advice(),
        evidence);
  }

  private Finding slowness(List<Measurement> slow) {
    String actual =
        slow.stream()
            .map(m -> m.name() + " " + number(m.value()) + " ms")
            .collect(Collectors.joining(", "));
    String expected =
        slow.stream()
            .map(m -> m.name() + " at most " + number(m.limit() == null ? 0 : m.limit()) + " ms")
            .collect(Collectors.joining(", "));
    return new Finding(
        "slower than its objective at " + number(slo.perSecond()) + " requests a second",
        sample(),
        firstFailures(),
        expected,
        actual + "; failed requests count as slow as their deadline",
        "look at the latency chart: one peak is a pause (garbage collection, a lock, a slow"
            + " dependency), a slope is a queue that grows faster than it is served",
        evidence);
  }

  private String advice() {
    Outcome most = Outcome.OK;
    long highest = 0;
    for (Map.Entry<Outcome, Long> entry : attempts.outcomes().entrySet()) {
      if (!entry.getKey().isOk() && entry.getValue() > highest) {
        most = entry.getKey();
        highest = entry.getValue();
      }
    }
    return switch (most) {
      case CONNECT_FAILED, CLOSED ->
          "find out why connections are refused or dropped under load: accept queue, connection"
              + " limit, a crash in the server's log";
      case TIMED_OUT, NOT_STARTED ->
          "find out what the server waits for; shed load it cannot serve instead of queueing it";
      case HTTP_ERROR, RPC_ERROR ->
          "the same call is answered without load: look for limits and races that show only when"
              + " calls run side by side";
      case WRONG_ID, MALFORMED, WRONG_RESULT ->
          "answers are mixed up or broken when calls run side by side: look for shared state"
              + " between requests";
      case OK -> "";
    };
  }

  private String sample() {
    return attempts.scenarios().getFirst().seen().sample();
  }

  private String firstFailures() {
    return attempts.scenarios().stream()
        .flatMap(s -> s.seen().failures().stream())
        .limit(3)
        .map(LoadVerdict::told)
        .collect(Collectors.joining("\n"));
  }

  private static String told(ScenarioRecord.Failed failed) {
    return "at "
        + number(failed.atMillis())
        + " ms, "
        + failed.outcome().meaning()
        + ": "
        + failed.detail();
  }

  private static double ratio(long part, long whole) {
    return rounded((double) part / whole);
  }

  private static double rounded(double number) {
    return Math.round(number * 1e6) / 1e6;
  }

  /** A number as people write it: no trailing zeros. */
  static String number(double value) {
    return new java.math.BigDecimal(String.format(Locale.ROOT, "%.6f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}

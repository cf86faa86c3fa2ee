package dev.plumbline.perf.judge;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.raw.GatlingReport;
import dev.plumbline.perf.raw.GatlingReport.Row;
import dev.plumbline.perf.raw.JourneyRecord;
import dev.plumbline.perf.slo.Percentile;
import dev.plumbline.perf.slo.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds what Gatling reported against the objective of the journey. Gatling that did not run to its
 * end, or did not start the sessions it was asked to, is our fault and not the target's.
 */
public final class JourneyVerdict {
  /** The request every session begins with. */
  static final String FIRST = "initialize";

  private final Slo slo;
  private final JourneyRecord ran;
  private final List<Row> rows;
  private final List<String> evidence;

  private JourneyVerdict(Slo slo, JourneyRecord ran, List<Row> rows, List<String> evidence) {
    this.slo = slo;
    this.ran = ran;
    this.rows = rows;
    this.evidence = evidence;
  }

  /**
   * The verdict.
   *
   * @param report what Gatling reported; empty when it did not run to its end
   * @param evidence the raw files, for the findings
   */
  public static Judged of(
      Slo slo, JourneyRecord ran, Optional<GatlingReport> report, List<String> evidence) {
    List<Row> rows =
        report.map(GatlingReport::rows).orElse(List.of()).stream().filter(Row::isMeasured).toList();
    return new JourneyVerdict(slo, ran, rows, evidence).judged();
  }

  private Judged judged() {
    if (!ran.ended()) {
      String how =
          ran.exit() == JourneyRecord.TOO_LONG ? "took too long" : "ended with " + ran.exit();
      return new Judged(
          new Verdict.HarnessFault("Gatling " + how + ": " + ran.lastLine()), List.of());
    }
    List<Measurement> measurements = measurements();
    long due = Math.round(slo.perSecond() * slo.seconds());
    long begun = sessions();
    if (Math.abs(begun - due) > 1) {
      String cause = "Gatling began " + begun + " of " + due + " sessions: run again";
      return new Judged(new Verdict.HarnessFault(cause), measurements);
    }
    List<Finding> findings = findings(measurements);
    return new Judged(
        findings.isEmpty() ? new Verdict.Pass(total()) : new Verdict.Fail(findings), measurements);
  }

  private long sessions() {
    return rows.stream().filter(r -> r.name().equals(FIRST)).mapToLong(Row::total).sum();
  }

  private long total() {
    return rows.stream().mapToLong(Row::total).sum();
  }

  private long failed() {
    return rows.stream().mapToLong(Row::failed).sum();
  }

  private List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    long total = total();
    // G-06 wants to see that the generator did what it was asked to; one session may straddle the
    // end.
    double enough = Math.round(slo.perSecond() * slo.seconds()) - 1.0;
    all.add(
        Measurement.atLeast(
            "generator sessions begun", (double) sessions(), "sessions", enough, sessions()));
    all.add(Measurement.of("requests", (double) total, "requests", total));
    all.add(Measurement.of("requests KO", (double) failed(), "requests", total));
    double share = total == 0 ? 1 : Math.round(1e6 * failed() / total) / 1e6;
    all.add(Measurement.atMost("failed requests", share, "1", slo.errorRatio(), total));
    for (Row row : rows) {
      all.add(limited(row, Percentile.P50, (double) row.p50()));
      all.add(limited(row, Percentile.P95, (double) row.p95()));
      all.add(limited(row, Percentile.P99, (double) row.p99()));
      all.add(Measurement.of(row.name() + " max", (double) row.max(), "ms", row.total()));
    }
    return all;
  }

  private Measurement limited(Row row, Percentile percentile, double millis) {
    String name = row.name() + " " + percentile.id();
    Double limit = slo.limitsMillis().get(percentile.id());
    return limit == null || !percentile.isTold(row.total())
        ? Measurement.of(name, millis, "ms", row.total())
        : Measurement.atMost(name, millis, "ms", limit, row.total());
  }

  private List<Finding> findings(List<Measurement> measurements) {
    List<Finding> findings = new ArrayList<>();
    Map<Boolean, List<Measurement>> broken =
        measurements.stream()
            .filter(m -> !m.holds())
            .collect(Collectors.partitioningBy(m -> m.unit().equals("ms")));
    if (total() == failed() || !broken.getOrDefault(false, List.of()).isEmpty()) {
      findings.add(
          finding(
              failed() + " of " + total() + " requests of whole sessions failed",
              "at most " + LoadVerdict.number(slo.errorRatio() * 100) + " % fail",
              rows.stream()
                  .filter(row -> row.failed() > 0)
                  .map(row -> row.failed() + " of " + row.total() + " " + row.name())
                  .collect(Collectors.joining(", ")),
              "open the Gatling report: it counts the errors by message"));
    }
    List<Measurement> slow = broken.getOrDefault(true, List.of());
    if (!slow.isEmpty()) {
      findings.add(
          finding(
              "whole sessions are slower than their objective",
              told(slow, true),
              told(slow, false),
              "open the Gatling report: the step that is slow first is the one to look at"));
    }
    if (findings.isEmpty() && ran.exit() == JourneyRecord.ASSERTIONS_FAILED) {
      findings.add(
          finding(
              "an assertion of the Gatling simulation failed",
              "all assertions hold",
              ran.lastLine(),
              "open the Gatling report: it lists its assertions"));
    }
    return findings;
  }

  private static String told(List<Measurement> slow, boolean limits) {
    return slow.stream()
        .map(
            m -> {
              Double limit = m.limit();
              double number = limits && limit != null ? limit : m.value();
              return m.name() + (limits ? " at most " : " ") + LoadVerdict.number(number) + " ms";
            })
        .collect(Collectors.joining(", "));
  }

  private Finding finding(String summary, String expected, String actual, String fix) {
    return new Finding(
        summary, ran.request(), "see the Gatling report", expected, actual, fix, evidence);
  }
}

package dev.plumbline.perf.bench;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.bench.Benchmark.EchoShare;
import dev.plumbline.perf.bench.Benchmark.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the table of benchmarks; what was not measured, or never recorded, is never a pass. */
public final class BenchmarkJudge implements Judge {
  private static final String RAW = "raw/benchmarks/" + BenchmarkTable.FILE;
  private static final String PAGE = ".ci/bench";
  private static final int DIGITS = 6;

  @Override
  public Suite suite() {
    return Suite.BENCHMARKS;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    BenchmarkTable table = Json.read(raw.resolve(BenchmarkTable.FILE), BenchmarkTable.class);
    List<CheckResult> checks = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.all()) {
      checks.add(check(benchmark, table));
    }
    return new SuiteResult(
        Suite.BENCHMARKS,
        checks,
        Map.of(
            "benchmarks", Integer.toString(table.count()),
            "recorded figures", Integer.toString(table.recorded().size())));
  }

  private static CheckResult check(Benchmark benchmark, BenchmarkTable table) {
    Optional<Double> value = benchmark.quantity().in(table);
    Optional<Double> recorded =
        Optional.ofNullable(table.recorded().get(benchmark.quantity().figure()));
    if (value.isEmpty()) {
      return result(benchmark, new Verdict.NotObserved(missing(benchmark)), List.of());
    }
    long samples = benchmark.quantity().samples(table);
    Optional<Measurement> held = held(benchmark, value.get(), recorded, samples);
    if (held.isEmpty()) {
      return result(
          benchmark,
          new Verdict.NotObserved("nothing is recorded to compare with: .ci/bench record"),
          List.of(
              Measurement.of(benchmark.quantity().figure(), rounded(value.get()), "1", samples)));
    }
    List<Measurement> all = new ArrayList<>(held.stream().toList());
    recorded.ifPresent(
        before -> {
          all.add(Measurement.of("recorded", rounded(before), held.get().unit(), samples));
          if (before > 0) {
            all.add(Measurement.of("over recorded", rounded(value.get() / before), "1", samples));
          }
        });
    Verdict verdict =
        held.get().holds()
            ? new Verdict.Pass(Math.max(1, samples))
            : new Verdict.Fail(finding(benchmark, held.get(), recorded));
    return result(benchmark, verdict, all);
  }

  private static Optional<Measurement> held(
      Benchmark benchmark, double value, Optional<Double> recorded, long samples) {
    return benchmark.quantity() instanceof Times times
        ? Optional.of(
            Measurement.atMost(times.figure(), rounded(value), "1", benchmark.most(), samples))
        : recorded.map(
            before -> Limit.of(benchmark.quantity(), rounded(value), rounded(before), samples));
  }

  private static String missing(Benchmark benchmark) {
    return benchmark.quantity() instanceof EchoShare
        ? "the bare echo was not run: .ci/bench without short, with wrk"
        : "the table holds no " + benchmark.quantity().figure() + ": run .ci/bench again";
  }

  private static Finding finding(Benchmark benchmark, Measurement held, Optional<Double> recorded) {
    String relation = held.relation() == Measurement.Relation.AT_MOST ? "at most " : "at least ";
    String actual = held.name() + " " + text(held.value());
    return new Finding(
        "not so: " + benchmark.title(),
        PAGE,
        actual + recorded.map(before -> ", recorded " + text(before)).orElse(""),
        held.name() + " " + relation + text(held.limit() == null ? 0 : held.limit()),
        actual,
        "find what it came with; if it is meant, record it: .ci/bench record",
        List.of(RAW));
  }

  private static CheckResult result(
      Benchmark benchmark, Verdict verdict, List<Measurement> measurements) {
    return new CheckResult(
        benchmark.id(),
        benchmark.group().words() + ": " + benchmark.title(),
        Level.MUST,
        null,
        null,
        PAGE,
        verdict,
        measurements,
        List.of(RAW));
  }

  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue()
        : Double.MAX_VALUE;
  }

  private static String text(double value) {
    return new BigDecimal(value)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}

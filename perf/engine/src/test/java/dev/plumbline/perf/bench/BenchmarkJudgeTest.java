package dev.plumbline.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.bench.Benchmark.Quantity;
import dev.plumbline.perf.bench.Benchmark.Times;
import dev.plumbline.perf.bench.BenchmarkTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BenchmarkJudgeTest {
  private static final double BYTES = 10_000;

  @TempDir private Path raw;

  static Stream<Benchmark> benchmarks() {
    return Benchmarks.all().stream();
  }

  /** Everything as recorded, and every ratio of times at its limit or below. */
  private static BenchmarkTable table() {
    Set<String> names = new TreeSet<>();
    for (Benchmark benchmark : Benchmarks.all()) {
      switch (benchmark.quantity()) {
        case Benchmark.Bytes bytes -> names.add(bytes.row());
        case Times times -> names.addAll(List.of(times.row(), times.over()));
        case Benchmark.EchoShare _ -> {}
      }
    }
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(new Row(name, BYTES, nanos(name), 3));
    }
    BenchmarkTable table =
        new BenchmarkTable(BenchmarkTable.SCHEMA, "00", rows, 0.7, Map.of(), rows.size());
    return table.with(table.figures());
  }

  private static double nanos(String name) {
    return name.startsWith("Dispatch") ? 10_000 : 100;
  }

  private static BenchmarkTable with(BenchmarkTable table, String row, double bytes, double nanos) {
    List<Row> rows =
        table.rows().stream()
            .map(one -> one.name().equals(row) ? new Row(row, bytes, nanos, 3) : one)
            .toList();
    return new BenchmarkTable(
        table.schema(), table.server(), rows, table.echoShare(), table.recorded(), rows.size());
  }

  private static BenchmarkTable share(double share) {
    BenchmarkTable table = table();
    return new BenchmarkTable(
        table.schema(), table.server(), table.rows(), share, table.recorded(), table.count());
  }

  private SuiteResult judged(BenchmarkTable table) throws IOException {
    Json.write(raw.resolve(BenchmarkTable.FILE), table);
    return new BenchmarkJudge().judge(raw);
  }

  private CheckResult check(BenchmarkTable table, String id) throws IOException {
    return judged(table).checks().stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyBenchmarkHasAnIdOfItsOwnAndEveryGroupSome() {
    assertThat(Benchmarks.all()).extracting(Benchmark::id).doesNotHaveDuplicates();
    assertThat(Benchmarks.all()).extracting(Benchmark::group).contains(Group.values());
  }

  @Test
  void whatIsAsItWasPasses() throws IOException {
    for (CheckResult check : judged(table()).checks()) {
      assertThat(check.verdict()).as(check.id()).isInstanceOf(Verdict.Pass.class);
      assertThat(check.measurements()).as(check.id()).allMatch(Measurement::holds);
      assertThat(check.measurements())
          .extracting(Measurement::name)
          .as(check.id())
          .contains("recorded", "over recorded");
    }
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void everyBenchmarkCanGetWorse(Benchmark benchmark) throws IOException {
    BenchmarkTable worse =
        switch (benchmark.quantity()) {
          case Benchmark.Bytes bytes -> with(table(), bytes.row(), 11_001, nanos(bytes.row()));
          case Times times ->
              with(table(), times.row(), BYTES, nanos(times.over()) * benchmark.most() * 1.01);
          case Benchmark.EchoShare _ -> share(0.62);
        };
    CheckResult check = check(worse, benchmark.id());
    assertThat(check.verdict()).isInstanceOf(Verdict.Fail.class);
    assertThat(check.measurements().getFirst().holds()).isFalse();
    assertThat(((Verdict.Fail) check.verdict()).findings().getFirst().received())
        .contains("recorded ");
  }

  @Test
  void aTenthWorseIsAllowed() throws IOException {
    BenchmarkTable allowed = with(table(), "CodecBenchmark.decode", 11_000, 100);
    assertThat(check(allowed, "BEN-101").verdict()).isInstanceOf(Verdict.Pass.class);
    assertThat(check(share(0.63), "BEN-105").verdict()).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aFewBytesAreNoise() throws IOException {
    BenchmarkTable none = with(table(), "LimitBenchmark.refuseOpen", 0, 100);
    BenchmarkTable recorded = none.with(none.figures());
    assertThat(check(with(recorded, "LimitBenchmark.refuseOpen", 64, 100), "BEN-301").verdict())
        .isInstanceOf(Verdict.Pass.class);
    assertThat(check(with(recorded, "LimitBenchmark.refuseOpen", 65, 100), "BEN-301").verdict())
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void whatWasNeverRecordedIsNotObserved() throws IOException {
    BenchmarkTable nothing = table().with(Map.of());
    assertThat(check(nothing, "BEN-101").verdict())
        .isEqualTo(
            new Verdict.NotObserved("nothing is recorded to compare with: .ci/bench record"));
    assertThat(check(nothing, "BEN-203").verdict()).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void whatWasNotMeasuredIsNotObserved() throws IOException {
    BenchmarkTable all = table();
    BenchmarkTable none =
        new BenchmarkTable(all.schema(), all.server(), List.of(), null, all.recorded(), 0);
    for (CheckResult check : judged(none).checks()) {
      assertThat(check.verdict()).as(check.id()).isInstanceOf(Verdict.NotObserved.class);
    }
    assertThat(check(none, "BEN-105").verdict().toString()).contains("the bare echo was not run");
  }

  @Test
  void aTableThatWasCutShortIsRefused() throws IOException {
    judged(table());
    Path file = raw.resolve(BenchmarkTable.FILE);
    String whole = Files.readString(file);
    for (String cut :
        List.of(
            "", whole.substring(0, whole.length() / 2), whole.replace("\"count\"", "\"cut\""))) {
      Files.writeString(file, cut);
      assertThatThrownBy(() -> new BenchmarkJudge().judge(raw)).isInstanceOf(IOException.class);
    }
    Files.writeString(file, whole.replaceFirst("\"count\"\\s*:\\s*\\d+", "\"count\":1"));
    assertThatThrownBy(() -> new BenchmarkJudge().judge(raw)).isInstanceOf(IOException.class);
  }

  @Test
  void theTableIsMadeOfWhatJmhAndTheComparisonLeft() throws IOException {
    assertThatThrownBy(() -> Main.measured(raw, "00", Map.of()))
        .hasMessageContaining("jmh.json is missing: run .ci/bench");
    Files.writeString(
        raw.resolve("jmh.json"),
        """
        [{"benchmark":"a.b.CodecBenchmark.decode","primaryMetric":{"scoreUnit":"ns/op",
        "rawData":[[2.0]]},"secondaryMetrics":{"gc.alloc.rate.norm":{"rawData":[[8]]}}}]""");
    assertThat(Main.measured(raw, "00", Map.of()).echoShare()).isNull();
    Files.writeString(raw.resolve("report.json"), "{\"medianRatio\":0.7}");
    BenchmarkTable table = Main.measured(raw, "00", Map.of("x", 1.0));
    assertThat(table.figures())
        .isEqualTo(
            new TreeMap<>(
                Map.of("B/op CodecBenchmark.decode", 8.0, "share of the bare echo", 0.7)));
    assertThat(table.recorded()).isEqualTo(Map.of("x", 1.0));
    assertThat(Main.recorded(raw.resolve("recorded.json"))).isEmpty();
  }

  @Test
  void whatIsRecordedHoldsEveryFigureOfTheChecks() {
    assertThat(table().figures().keySet())
        .containsAll(
            Benchmarks.all().stream().map(Benchmark::quantity).map(Quantity::figure).toList());
  }
}

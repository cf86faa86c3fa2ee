package dev.plumbline.perf.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.judge.JourneyVerdict;
import dev.plumbline.perf.judge.Judged;
import dev.plumbline.perf.raw.GatlingReport;
import dev.plumbline.perf.raw.JourneyRecord;
import dev.plumbline.perf.slo.Slo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged journey against the bundled server; limits so wide that only counts matter. */
class GatlingRunIT {
  private static final Installation HOME = Installation.current();
  private static final String SECRET = "Bearer very-secret-token";

  @TempDir Path folder;

  private static Slo slo() {
    return new Slo(
        "SLO-JOURNEY",
        "Whole sessions succeed",
        Slo.Scenario.JOURNEY,
        5,
        2,
        4,
        50,
        20_000,
        Map.of("p99", 20_000.0),
        0,
        1_000);
  }

  private Judged run(URI url, String call) throws Exception {
    List<Header> headers = List.of(new Header("X-Test", SECRET));
    new GatlingRun(HOME.gatling(), url, "2025-11-25", headers, call, "a whole session")
        .run(slo(), folder, Progress.SILENT);
    JourneyRecord ran = Json.read(folder.resolve(JourneyRecord.FILE), JourneyRecord.class);
    GatlingReport report = GatlingReport.read(folder.resolve(JourneyRecord.REPORT));
    return JourneyVerdict.of(slo(), ran, Optional.of(report), List.of());
  }

  @Test
  void walksWholeSessionsAndKeepsTheReport() throws Exception {
    try (Target target = Targets.bundled(HOME, BundledOptions.plain())) {
      String call = "{\"name\":\"echo\",\"arguments\":{\"text\":\"#{not} ${read}\"}}";
      Judged judged = run(target.url().orElseThrow(), call);
      assertThat(judged.verdict()).isEqualTo(new Verdict.Pass(5 * 20));
      assertThat(judged.measurements())
          .extracting("name")
          .contains("initialize p99", "tools/list p99", "tools/call p99", "delete p99");
    }
    assertThat(folder.resolve("report/index.html")).isRegularFile();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void failsAToolThatAnswersWithAnError() throws Exception {
    try (Target target = Targets.bundled(HOME, BundledOptions.plain())) {
      Judged judged = run(target.url().orElseThrow(), "{\"name\":\"no-such-tool\"}");
      assertThat(judged.verdict())
          .isInstanceOfSatisfying(
              Verdict.Fail.class,
              fail ->
                  assertThat(fail.findings().getFirst().actual()).isEqualTo("20 of 20 tools/call"));
    }
  }
}

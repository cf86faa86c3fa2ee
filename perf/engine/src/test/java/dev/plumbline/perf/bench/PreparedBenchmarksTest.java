package dev.plumbline.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.prepared.PreparedSuite;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the table of {@code .ci/bench} comes into a run. */
final class PreparedBenchmarksTest {
  @TempDir private Path home;
  private Path raw;
  private Path table;

  @BeforeEach
  void build() throws IOException {
    Path dist = Files.createDirectories(home.resolve("system-under-test/target/dist"));
    Files.writeString(dist.resolve("system-under-test-1.jar"), "what ships");
    raw = Files.createDirectories(home.resolve("raw/benchmarks"));
    table = home.resolve(BenchmarkTable.FILE);
  }

  private SuiteResult run() throws HarnessException {
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false);
    return new PreparedSuite(new BenchmarkJudge(), table, ".ci/bench", new Installation(home))
        .run(new SuiteContext(settings, raw, Progress.SILENT));
  }

  private void measured(String server) throws IOException {
    Json.write(
        table, new BenchmarkTable(BenchmarkTable.SCHEMA, server, List.of(), null, Map.of(), 0));
  }

  @Test
  void aTableAboutThisBuildIsKeptAndJudged() throws Exception {
    measured(new Installation(home).serverDigest());
    SuiteResult result = run();
    assertThat(result.checks()).hasSameSizeAs(Benchmarks.all());
    assertThat(raw.resolve(BenchmarkTable.FILE)).hasSameBinaryContentAs(table);
    assertThat(new BenchmarkJudge().judge(raw)).isEqualTo(result);
  }

  @Test
  void aTableAboutAnotherBuildIsRefused() throws Exception {
    measured("00");
    assertThatThrownBy(this::run)
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("is about another build of the bundled server; run .ci/bench again");
  }

  @Test
  void aTableThatIsNotThereIsSaidInOneLine() {
    assertThatThrownBy(this::run)
        .isInstanceOf(HarnessException.class)
        .hasMessageStartingWith("the table of benchmarks cannot be used: ")
        .hasMessageContaining(BenchmarkTable.FILE);
  }
}

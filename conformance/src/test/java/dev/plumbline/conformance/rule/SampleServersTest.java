package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule against whole servers: a correct one fails none, a useless one passes none. */
@Execution(ExecutionMode.CONCURRENT)
class SampleServersTest {
  @TempDir Path folder;
  private Path raw = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    raw = Files.createDirectories(folder.resolve("raw/conformance"));
  }

  @Test
  void aMinimalCorrectServerOverHttpFailsNoRule() throws Exception {
    try (SampleHttp server = SampleHttp.minimal();
        Target target = Targets.url(server.url(), List.of())) {
      SuiteResult result = run(target, probe(target));

      assertThat(ids(result, Verdict.Fail.class)).isEmpty();
      assertThat(ids(result, Verdict.HarnessFault.class)).isEmpty();
      assertThat(ids(result, Verdict.Pass.class))
          .contains("BASE-001", "LIFE-002", "TRAN-006", "TOOL-002", "PAGE-001")
          .contains("BASE-503", "VERS-501", "TRAN-501", "TRAN-503", "TRAN-505", "TOOL-501");
      assertThat(ids(result, Verdict.NotApplicable.class))
          .contains("TRAN-001", "TRAN-004", "TOOL-003", "RES-001", "PROM-001", "PROM-501");
    }
  }

  /** A server that offers one thing only is blamed for none of the others. */
  @ParameterizedTest
  @CsvSource({
    "PROMPTS, PROM-002, PROM-012, PROM-511, TOOL-002, RES-501",
    "RESOURCES, RES-001, RES-008, RES-513, TOOL-002, PROM-502"
  })
  void aServerWithOneFeatureFailsNoRule(
      MinimalFeature feature, String one, String two, String three, String not, String nor)
      throws Exception {
    try (SampleHttp server = SampleHttp.minimal(feature);
        Target target = Targets.url(server.url(), List.of())) {
      SuiteResult result = run(target, probe(target));

      assertThat(ids(result, Verdict.Fail.class)).isEmpty();
      assertThat(ids(result, Verdict.HarnessFault.class)).isEmpty();
      assertThat(ids(result, Verdict.Pass.class)).contains(one, two, three, "BASE-001", "VERS-501");
      assertThat(ids(result, Verdict.NotApplicable.class)).contains(not, nor);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMinimalCorrectServerOverStdioFailsNoRule(MinimalFeature feature) throws Exception {
    try (SampleStdio server = SampleStdio.minimal(feature);
        Target target = Targets.command(server.command())) {
      SuiteResult result = run(target, probe(target));

      assertThat(ids(result, Verdict.Fail.class)).isEmpty();
      assertThat(ids(result, Verdict.HarnessFault.class)).isEmpty();
      assertThat(ids(result, Verdict.Pass.class)).contains("TRAN-001", "TRAN-506", "LIFE-003");
    }
  }

  /** Each pair of status and code is what some negative check waits for. */
  @ParameterizedTest
  @CsvSource({
    "400, -32602",
    "400, -32020",
    "400, -32022",
    "404, -32601",
    "403, -32600",
    "200, -32602",
    "200, -32002",
    "405, -32000"
  })
  void aServerThatRefusesEverythingPassesNoRule(int status, int code) throws Exception {
    try (SampleHttp server = SampleHttp.refusing(status, code);
        Target target = Targets.url(server.url(), List.of())) {
      assertThat(ids(run(target, claims()), Verdict.Pass.class)).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersPassesNoRule() throws Exception {
    try (SampleHttp server = SampleHttp.silent();
        Target target = Targets.url(server.url(), List.of())) {
      assertThat(ids(run(target, claims()), Verdict.Pass.class)).isEmpty();
    }
  }

  @Test
  void aProcessThatEndsAtOncePassesNoRule() throws Exception {
    try (SampleStdio server = SampleStdio.of((in, out) -> {});
        Target target = Targets.command(server.command())) {
      assertThat(ids(run(target, claims(MinimalFeature.TOOLS)), Verdict.Pass.class)).isEmpty();
    }
  }

  @Test
  void aProcessThatRefusesEverythingPassesNoRule() throws Exception {
    try (SampleStdio server = SampleStdio.refusing(-32602);
        Target target = Targets.command(server.command())) {
      assertThat(ids(run(target, claims(MinimalFeature.TOOLS)), Verdict.Pass.class)).isEmpty();
    }
  }

  /** What a correct process says. */
  private ProbeReport claims(MinimalFeature feature) throws Exception {
    try (SampleStdio server = SampleStdio.minimal(feature);
        Target target = Targets.command(server.command())) {
      return probe(target);
    }
  }

  @Test
  void aServerThatClosesAtOncePassesNoRule() throws Exception {
    try (SampleHttp server = SampleHttp.closing();
        Target target = Targets.url(server.url(), List.of())) {
      assertThat(ids(run(target, claims()), Verdict.Pass.class)).isEmpty();
    }
  }

  /** What a correct server says, so that every rule is tried on servers that say nothing. */
  private ProbeReport claims() throws Exception {
    try (SampleHttp server = SampleHttp.minimal();
        Target target = Targets.url(server.url(), List.of())) {
      return probe(target);
    }
  }

  private ProbeReport probe(Target target) throws Exception {
    return new Probe().run(target, folder.resolve("probe.json"));
  }

  private SuiteResult run(Target target, ProbeReport probe) throws Exception {
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false);
    SuiteContext context = new SuiteContext(settings, raw, Progress.SILENT);
    return new ConformanceSuite(ConformanceOptions.all()).run(target, probe, context);
  }

  private static Set<String> ids(SuiteResult result, Class<? extends Verdict> verdict) {
    return result.checks().stream()
        .filter(check -> verdict.isInstance(check.verdict()))
        .map(CheckResult::id)
        .collect(Collectors.toSet());
  }
}

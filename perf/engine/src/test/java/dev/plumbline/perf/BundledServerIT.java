package dev.plumbline.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.raw.PerfPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite against the bundled server as its own process; judges what it says, not how fast. */
class BundledServerIT {
  private static final Installation HOME = Installation.current();

  @TempDir Path folder;

  private SuiteResult run(boolean loadAllowed) throws Exception {
    Path raw = Files.createDirectory(folder.resolve("perf"));
    RunSettings settings = new RunSettings(Profile.QUICK, 0x7f3a, Consent.READ_ONLY, loadAllowed);
    try (Target target = Targets.bundled(HOME, BundledOptions.plain())) {
      ProbeReport probe = new Probe().run(target, folder.resolve("probe.json"));
      return new PerfSuite(PerfOptions.defaults(HOME.gatling()))
          .run(target, probe, new SuiteContext(settings, raw, Progress.SILENT));
    }
  }

  @Test
  void measuresBothErasAndTheControlPort() throws Exception {
    SuiteResult result = run(true);
    assertThat(result.checks())
        .extracting(CheckResult::id)
        .containsExactly("SLO-CALL-HANDSHAKE", "SLO-CALL-STATELESS", "SLO-HEALTH", "SLO-JOURNEY");
    assertThat(result.facts())
        .containsEntry("gatling", "not run: profile quick")
        .containsEntry("request SLO-CALL-STATELESS", "tools/call about over http, 2026-07-28")
        .containsEntry("request SLO-CALL-HANDSHAKE", "tools/call about over http, 2025-11-25");
    for (CheckResult check : result.checks().subList(0, 3)) {
      assertThat(check.measurements())
          .as(check.id())
          .anySatisfy(
              m -> {
                assertThat(m.name()).isEqualTo("failed requests");
                assertThat(m.value()).isZero();
                assertThat(m.samples()).isGreaterThanOrEqualTo(300);
              });
    }
    assertThat(Json.write(new PerfJudge().judge(folder.resolve("perf"))))
        .isEqualTo(Json.write(result));
  }

  @Test
  void sendsNothingWithoutPermission() throws Exception {
    SuiteResult result = run(false);
    assertThat(result.checks())
        .hasSize(4)
        .allSatisfy(
            check ->
                assertThat(check.verdict())
                    .isEqualTo(new Verdict.NotApplicable(PerfSuite.NO_CONSENT)));
    try (var files = Files.list(folder.resolve("perf"))) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly(PerfPlan.FILE);
    }
    assertThat(result.facts()).isNotEqualTo(Map.of());
  }
}

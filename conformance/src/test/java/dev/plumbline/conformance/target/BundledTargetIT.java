package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.conformance.explore.Walks;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceJudge;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledTargetIT {
  private static final int PASSED_WITHOUT_FIXTURE = 250;

  @TempDir Path folder;

  @Test
  void passesEveryRuleOverHttpAndStdioAndLeavesNothingRunning() throws Exception {
    Path raw = Files.createDirectory(folder.resolve("conformance"));
    RunSettings settings = new RunSettings(Profile.QUICK, 7, Consent.DESTRUCTIVE, true);
    long pid;
    try (Target target = Targets.bundled(Installation.current(), BundledOptions.plain())) {
      pid = target.pid().orElseThrow();
      assertThat(target.digests()).containsKey("system-under-test-0.1.0-SNAPSHOT.jar");
      assertThat(target.control()).isPresent();
      ProbeReport probe = new Probe().run(target, folder.resolve("probe.json"));
      assertThat(probe.eras()).hasSize(4);
      assertThat(probe.eras()).allMatch(era -> era.callableTool(Consent.READ_ONLY).isPresent());
      assertThat(probe.eras()).flatExtracting(EraProbe::notes).isEmpty();
      SuiteResult result =
          new ConformanceSuite(ConformanceOptions.all())
              .run(target, probe, new SuiteContext(settings, raw, Progress.SILENT));
      assertThat(result.checks()).hasSize(Rules.all().size() + Walks.all().size());
      assertThat(result.checks())
          // What only the fixture has is not observed here: that each rule passes somewhere is for
          // the kill matrix to say.
          .extracting(CheckResult::verdict)
          .noneMatch(v -> v instanceof Verdict.Fail || v instanceof Verdict.HarnessFault)
          .filteredOn(Verdict.Pass.class::isInstance)
          .hasSizeGreaterThan(PASSED_WITHOUT_FIXTURE);
      assertThat(result.checks()).anyMatch(check -> check.transport() == Transport.STDIO);
      assertThat(new ConformanceJudge().judge(raw)).isEqualTo(result);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    await().until(() -> ProcessHandle.current().descendants().noneMatch(BundledTargetIT::isServer));
  }

  private static boolean isServer(ProcessHandle handle) {
    return handle.info().commandLine().orElse("").contains("dev.plumbline.server.Main");
  }

  @Test
  void saysThatAMutantIsUnknown() {
    assertThatThrownBy(
            () -> Targets.bundled(Installation.current(), BundledOptions.mutant("no-such-mutant")))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("no-such-mutant");
  }
}

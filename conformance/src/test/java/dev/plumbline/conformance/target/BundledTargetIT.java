package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledTargetIT {
  /** Those about the beginning of a conversation, and those that only stdio has. */
  private static final List<Rule> RULES =
      Rules.all().stream()
          .filter(
              rule ->
                  rule.clause().startsWith("LIFE-") || !rule.transports().contains(Transport.HTTP))
          .toList();

  private static final int MOST = RULES.size() / 2;

  @TempDir Path folder;

  @Test
  void isJudgedOverHttpAndStdioAndLeavesNothingRunning() throws Exception {
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
          new ConformanceSuite(new ConformanceOptions(RULES))
              .run(target, probe, new SuiteContext(settings, raw, Progress.SILENT));
      assertThat(result.checks()).hasSize(RULES.size());
      assertThat(result.checks())
          .extracting(CheckResult::verdict)
          .noneMatch(v -> v instanceof Verdict.Fail || v instanceof Verdict.HarnessFault)
          .filteredOn(Verdict.Pass.class::isInstance)
          .hasSizeGreaterThan(MOST);
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

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
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.raw.PerfPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  void keepsReadableEvidenceWhenItIsInterrupted() throws Exception {
    Path raw = Files.createDirectory(folder.resolve("perf"));
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, true);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Target target = Targets.bundled(HOME, BundledOptions.plain())) {
      ProbeReport probe = new Probe().run(target, folder.resolve("probe.json"));
      CountDownLatch loading = new CountDownLatch(1);
      Progress watching = new Watching(loading);
      Thread runner =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      new PerfSuite(PerfOptions.defaults(HOME.gatling()))
                          .run(target, probe, new SuiteContext(settings, raw, watching));
                    } catch (InterruptedException e) {
                      interrupted.set(true);
                    } catch (HarnessException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(loading.await(30, TimeUnit.SECONDS)).isTrue();
      runner.interrupt();
      runner.join(30_000);
      assertThat(runner.isAlive()).isFalse();
    }
    assertThat(interrupted).isTrue();
    assertThat(new PerfJudge().judge(raw).checks().getFirst().verdict())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  /** Tells when load is about to be applied. */
  private record Watching(CountDownLatch loading) implements Progress {
    @Override
    public void planned(Suite suite, int checks, int skipped) {}

    @Override
    public void started(Suite suite, String id, String title) {}

    @Override
    public void finished(Suite suite, CheckResult result) {}

    @Override
    public void note(Suite suite, String text) {
      loading.countDown();
    }
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

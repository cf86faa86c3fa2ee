package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ci.cli.config.BaselineFile;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.evidence.bundle.StoredRun;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.Evidence;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.bundle.gate.Policy;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaselineTextTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

  @TempDir private Path folder;

  @Test
  void namesWhatFailedAndIsRefusedUntilAReasonIsWritten() throws Exception {
    BaselineText text = text(Baseline.NONE, failed("TOOL-003", Level.MUST, "evil\n- clause: X"));
    Path file = folder.resolve("baseline.yaml");

    Files.writeString(file, text.render(text.failures(false)));
    assertThatThrownBy(() -> BaselineFile.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ":7: reason: still says TODO; write why it is accepted");

    Files.writeString(file, Files.readString(file).replace("TODO", "fixed in the spring"));
    assertThat(BaselineFile.read(file).entries())
        .containsExactly(
            new Baseline.Entry("TOOL-003", "fixed in the spring", LocalDate.parse("2026-12-21")));
  }

  @Test
  void keepsTheReasonOfAnEntryThatStillCounts() throws Exception {
    Baseline.Entry known =
        new Baseline.Entry("TOOL-003", "a \"quoted\" \\ reason", LocalDate.parse("2026-11-30"));
    BaselineText text =
        text(new Baseline(List.of(known)), failed("TOOL-003", Level.MUST, "no answer"));
    Path file = folder.resolve("baseline.yaml");

    Files.writeString(file, text.render(text.failures(false)));

    assertThat(BaselineFile.read(file).entries()).containsExactly(known);
  }

  @Test
  void leavesRecommendationsOutUnlessAskedFor() {
    BaselineText text = text(Baseline.NONE, failed("PAGE-001", Level.SHOULD, "no error"));

    assertThat(text.failures(false)).isEmpty();
    assertThat(text.failures(true)).extracting(CheckResult::id).containsExactly("PAGE-001");
    assertThat(text.render(List.of())).endsWith("accepted: []\n");
  }

  @Test
  void anEntryForNoCheckIsRefusedWithTheNearestOne() throws Exception {
    Path file = folder.resolve("baseline.yaml");
    Files.writeString(
        file, "accepted:\n  - clause: TOLO-003\n    reason: why\n    expires: 2027-01-01\n");

    assertThatThrownBy(() -> BaselineFile.read(file))
        .hasMessage(file + ":2: clause: there is no check TOLO-003; did you mean TOOL-003?");
  }

  private static CheckResult failed(String id, Level level, String summary) {
    Finding finding = new Finding(summary, "", "", "", "", "", List.of());
    return new CheckResult(
        id, "title", level, null, null, "page", new Verdict.Fail(finding), List.of(), List.of());
  }

  private BaselineText text(Baseline baseline, CheckResult check) {
    RunManifest run =
        new RunManifest(
            RunManifest.SCHEMA,
            "run",
            "0.1.0",
            Instant.parse("2026-11-21T10:00:00Z"),
            Instant.parse("2026-11-21T10:01:00Z"),
            true,
            new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false),
            new TargetIdentity(
                TargetIdentity.Kind.URL, "http://h/mcp", "n", "1", List.of(), List.of(), Map.of()),
            List.of(Suite.CONFORMANCE),
            Map.of(),
            Map.of());
    Map<Suite, SuiteResult> results =
        Map.of(Suite.CONFORMANCE, new SuiteResult(Suite.CONFORMANCE, List.of(check), Map.of()));
    Evidence evidence = new Evidence(run, results, Map.of(), Set.of(), baseline);
    return new BaselineText(
        new StoredRun(
            new RunFolder(folder),
            run,
            results,
            Gates.decide(evidence, Policy.standard()),
            baseline),
        TODAY,
        TODAY.plusDays(30));
  }
}

package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of reached lines, over tables as a build writes them. */
class CoverageCheckTest {
  private static final Instant BUILT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path home;
  @TempDir Path raw;

  private final StringBuilder rows = new StringBuilder();

  @Test
  void everyCorePackageIsAPackageOfThisProject() throws IOException {
    Path top = Path.of(System.getProperty("plumbline.home", ".."));
    for (String core : CoverageCheck.CORE) {
      String folder = "src/main/java/dev/plumbline/" + core.replace('.', '/');
      assertThat(
              List.of("system-under-test", "conformance", "conformance/model", "evidence/bundle"))
          .as(core)
          .anyMatch(module -> Files.isDirectory(top.resolve(module).resolve(folder)));
    }
  }

  @Test
  void holdsWhenEightLinesInTenAreReachedEverywhere() throws Exception {
    core(8000, 2000);
    lines("server", 100, 0);
    lines("ci.cli", 10, 8);
    CheckResult check = judged();
    assertThat(check.verdict())
        .isEqualTo(new Verdict.Pass(CoverageCheck.CORE.size() * 10_000L + 118));
    assertThat(check.measurements())
        .contains(
            Measurement.atLeast("lines reached of dev.plumbline.server.limit", 80, "%", 80, 10_000),
            Measurement.of("lines reached of dev.plumbline.ci.cli", 55.5, "%", 18));
  }

  @Test
  void failsOnACorePackageThatIsAlmostReachedEnough() throws Exception {
    core(90, 10);
    lines("server.limit", 7090, 1790);
    assertThat(summaries(judged()))
        .containsExactly("lines reached of dev.plumbline.server.limit: 79.9 %");
  }

  @Test
  void failsWhenTooLittleIsReachedOverall() throws Exception {
    core(90, 10);
    lines("ci.cli", 0, 4000);
    assertThat(summaries(judged())).containsExactly("lines reached: 26.8 %");
  }

  @Test
  void defectsThatArePlantedAreNotCountedWithTheRest() throws Exception {
    core(90, 10);
    lines("server.mutant", 0, 4000);
    CheckResult check = judged();
    assertThat(check.verdict()).isEqualTo(new Verdict.Pass(CoverageCheck.CORE.size() * 100L));
    assertThat(check.measurements())
        .contains(Measurement.of("lines reached of dev.plumbline.server.mutant", 0, "%", 4000));
  }

  @Test
  void failsOnACorePackageThatIsNoLongerThere() throws Exception {
    lines("server.limit", 1, 0);
    assertThat(summaries(judged()))
        .hasSize(CoverageCheck.CORE.size() - 1)
        .contains("dev.plumbline.server.machine is a core package without lines");
  }

  @Test
  void aTableThatIsOlderThanWhatShipsIsNone() throws Exception {
    core(90, 10);
    Path jar = Files.createDirectories(home.resolve("ci/cli/target/dist")).resolve("cli-1.jar");
    Files.writeString(jar, "built again");
    Files.setLastModifiedTime(jar, FileTime.from(BUILT.plusSeconds(1)));
    assertThat(judged().verdict()).isInstanceOf(Verdict.NotObserved.class);
    Files.setLastModifiedTime(jar, FileTime.from(BUILT));
    Files.delete(raw.resolve(Subjects.FILE));
    assertThat(judged().verdict()).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void withoutTestsNothingIsObserved() throws Exception {
    core(0, 10);
    assertThat(judged().verdict()).isInstanceOf(Verdict.NotObserved.class);
    assertThat(raw.resolve(ReachedLines.FILE)).doesNotExist();
  }

  @Test
  void refusesATableThatWasShortened() throws Exception {
    core(90, 10);
    judged();
    Path file = raw.resolve(ReachedLines.FILE);
    String count = "\"count\" : " + CoverageCheck.CORE.size();
    String form = Files.readString(file);
    assertThat(form).contains(count);
    Files.writeString(file, form.replace(count, count + "0"));
    assertThatThrownBy(() -> new SupplyChainJudge().judge(raw)).hasMessageContaining("sealed with");
  }

  private void core(int covered, int missed) {
    CoverageCheck.CORE.forEach(name -> lines(name, covered, missed));
  }

  private void lines(String name, int covered, int missed) {
    rows.append("x,dev.plumbline.%s,A,%d,%d%n".formatted(name, missed, covered));
  }

  /** What the suite records below {@code home}, judged once more from the recording alone. */
  private CheckResult judged() throws IOException, HarnessException {
    Path table = home.resolve(ReachedLines.TABLE);
    Files.createDirectories(table.getParent());
    Files.writeString(table, "GROUP,PACKAGE,CLASS,LINE_MISSED,LINE_COVERED\n" + rows);
    Files.setLastModifiedTime(table, FileTime.from(BUILT));
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false);
    new SupplyChainSuite(home, SupplyChainOptions.NONE)
        .run(new SuiteContext(settings, raw, Progress.SILENT));
    return new SupplyChainJudge()
        .judge(raw).checks().stream()
            .filter(check -> check.id().equals(CoverageCheck.ID))
            .findFirst()
            .orElseThrow();
  }

  private static List<String> summaries(CheckResult check) {
    return ((Verdict.Fail) check.verdict())
        .findings().stream().map(finding -> finding.summary()).toList();
  }
}

package dev.plumbline.conformance.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefereeJudgeTest {
  private static final String LISTING =
      """
      Required for 2025-11-25 (3 scenarios)

      Server scenarios (test against a server):
        - ping
        - tools-list

      Client scenarios (test against a client):
        - initialize

      Run and reported, but never scored:
        pending (1):
          - tasks-stub [server]
      """;

  @TempDir private Path raw;

  @BeforeEach
  void aRunThatFoundNothing() throws IOException {
    Files.writeString(raw.resolve("requirements-2025-11-25.txt"), LISTING);
    record("ping", "SUCCESS", "SUCCESS");
    record("tools-list", "SUCCESS", "INFO");
    record("tasks-stub", "SKIPPED");
    index(3);
  }

  private void record(String scenario, String... statuses) throws IOException {
    Path file = raw.resolve("server-2025-11-25").resolve(scenario).resolve("checks.json");
    Files.createDirectories(file.getParent());
    List<String> checks =
        List.of(statuses).stream()
            .map(
                status ->
                    "{\"id\":\"c\",\"description\":\"d\",\"status\":\""
                        + status
                        + "\",\"errorMessage\":\"why\"}")
            .toList();
    Files.writeString(file, "[" + String.join(",", checks) + "]");
  }

  private void index(int records) throws IOException {
    Json.write(
        raw.resolve("index.json"),
        new RefereeIndex(
            RefereeIndex.SCHEMA,
            "0.2.0",
            "v22.1.0",
            List.of(new RefereeIndex.Entry("server", "2025-11-25", 0, records))));
  }

  private Verdict verdict(String scenario) throws IOException {
    return judged().checks().stream()
        .filter(
            check -> check.id().equals("OS-SERVER-2025-11-25-" + scenario.toUpperCase(Locale.ROOT)))
        .map(CheckResult::verdict)
        .findFirst()
        .orElseThrow();
  }

  private SuiteResult judged() throws IOException {
    return new RefereeJudge().judge(raw);
  }

  @Test
  void countsSuccessesOnly() throws IOException {
    assertThat(verdict("ping")).isEqualTo(new Verdict.Pass(2));
    assertThat(verdict("tools-list")).isEqualTo(new Verdict.Pass(1));
    assertThat(judged().facts())
        .containsEntry("server-2025-11-25", "2 of 2 scored, 0 of 1 not scored");
  }

  @Test
  void aScenarioThatSkipsItselfIsNotAPass() throws IOException {
    assertThat(verdict("tasks-stub")).isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void aWarningIsAFinding() throws IOException {
    record("ping", "SUCCESS", "WARNING");
    assertThat(verdict("ping"))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.findings().getFirst().actual()).isEqualTo("WARNING why"));
  }

  @Test
  void aScenarioThatIsNotScoredCountsAsWell() throws IOException {
    record("tasks-stub", "FAILURE");
    assertThat(verdict("tasks-stub")).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void aScenarioWithoutARecordHasFailed() throws IOException {
    Files.delete(Records.of(raw.resolve("server-2025-11-25"), "tools-list"));
    index(2);
    assertThat(verdict("tools-list")).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void aRecordThatDisappearedLaterIsNoticed() throws IOException {
    Files.delete(Records.of(raw.resolve("server-2025-11-25"), "tools-list"));
    assertThatThrownBy(this::judged)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 records, 3 were written");
  }

  @Test
  void namesOfRecordsLoseTheirTime() throws IOException {
    Path folder = Files.createDirectories(raw.resolve("out"));
    for (String name :
        List.of("auth/basic-2026-11-21T06-03-26-773Z", "ping-2026-11-21T06-03-26-773Z")) {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("checks.json"), "[]");
    }
    Files.createDirectories(folder.resolve("broken-2026-11-21T06-03-26-773Z"));
    assertThat(Records.tidy(folder, Side.CLIENT)).isEqualTo(2);
    assertThat(Records.of(folder, "auth/basic")).exists();
    assertThat(Records.of(folder, "ping")).exists();
  }
}

package dev.plumbline.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Journal;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.journal.SuiteLog;
import dev.plumbline.chaos.mode.Stories;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosJudgeTest {
  @TempDir private Path raw;

  private SuiteResult judged(boolean complete, SuiteLog.Planned... planned) throws IOException {
    new SuiteLog("embedded", List.of(planned), complete).write(raw);
    return new ChaosJudge().judge(raw);
  }

  private void tell(String file) throws Exception {
    Story story = Stories.stall();
    try (Journal journal = Journal.begin(raw.resolve(file), story.header())) {
      for (Entry entry : story.entries()) {
        journal.add(entry);
      }
      journal.seal(true, "");
    }
  }

  @Test
  void aModeThatRanIsConcludedFromItsStory() throws Exception {
    tell("FM-07.jsonl");
    SuiteResult result = judged(true, new SuiteLog.Planned("FM-07", "FM-07.jsonl", ""));
    assertThat(result.suite()).isEqualTo(new ChaosJudge().suite()).isEqualTo(Suite.CHAOS);
    assertThat(result.facts()).isEqualTo(Map.of("fault-backend", "embedded", "complete", "true"));
    CheckResult check = result.checks().getFirst();
    assertThat(check.id()).isEqualTo("FM-07");
    assertThat(check.verdict()).isEqualTo(new Verdict.Pass(18));
    assertThat(check.era()).isEqualTo(Era.STATELESS);
    assertThat(check.transport()).isEqualTo(Transport.HTTP);
    assertThat(check.measurements()).isNotEmpty();
    assertThat(check.raw()).containsExactly("raw/chaos/FM-07.jsonl");
  }

  @Test
  void aModeThatDidNotRunSaysWhy() throws IOException {
    SuiteResult result =
        judged(
            false,
            new SuiteLog.Planned("FM-07", "", "only stdio"),
            new SuiteLog.Planned("FM-24", "", ""));
    assertThat(result.facts()).containsEntry("complete", "false");
    assertThat(result.checks())
        .extracting(CheckResult::verdict)
        .containsExactly(
            new Verdict.NotApplicable("only stdio"), new Verdict.NotObserved("not run"));
    assertThat(result.checks())
        .allSatisfy(
            check -> {
              assertThat(check.era()).isNull();
              assertThat(check.transport()).isNull();
              assertThat(check.raw()).isEmpty();
            });
  }

  @Test
  void aModeNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> judged(true, new SuiteLog.Planned("FM-00", "", "")))
        .isInstanceOf(IOException.class)
        .hasMessage("suite.json: unknown failure mode FM-00");
  }

  @Test
  void theStoryOfAnotherModeIsRefused() throws Exception {
    tell("FM-24.jsonl");
    assertThatThrownBy(() -> judged(true, new SuiteLog.Planned("FM-24", "FM-24.jsonl", "")))
        .isInstanceOf(IOException.class)
        .hasMessage("FM-24.jsonl is about FM-07");
  }
}

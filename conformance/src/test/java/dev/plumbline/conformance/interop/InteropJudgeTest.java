package dev.plumbline.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteropJudgeTest {
  @TempDir private Path raw;

  private Verdict judged(String outcome) throws IOException {
    InteropTable.Cell cell =
        new InteropTable.Cell("go", "1.4.0", "client", "call", outcome, "seen");
    Json.write(
        raw.resolve(InteropTable.FILE),
        new InteropTable(InteropTable.SCHEMA, "00", 1, List.of(cell)));
    return new InteropJudge().judge(raw).checks().getFirst().verdict();
  }

  @Test
  void onlyAPassIsAPass() throws IOException {
    assertThat(judged("pass")).isEqualTo(new Verdict.Pass(1));
    assertThat(judged("fail")).isInstanceOf(Verdict.Fail.class);
    assertThat(judged("anything else")).isInstanceOf(Verdict.Fail.class);
    assertThat(judged("not-run")).isInstanceOf(Verdict.NotObserved.class);
    assertThat(judged("not-supported")).isInstanceOf(Verdict.NotApplicable.class);
  }

  @Test
  void aShortenedTableIsNoticed() throws IOException {
    judged("pass");
    Path file = raw.resolve(InteropTable.FILE);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"count\"\\s*:\\s*1", "\"count\":2"));
    assertThatThrownBy(() -> new InteropJudge().judge(raw)).isInstanceOf(IOException.class);
  }

  @Test
  void aCellIsACheckWithItsDirectionInWords() throws IOException {
    Json.write(
        raw.resolve(InteropTable.FILE),
        new InteropTable(
            InteropTable.SCHEMA,
            "00",
            2,
            List.of(
                new InteropTable.Cell("go", "1.4.0", "client", "call", "fail", "no answer"),
                new InteropTable.Cell("rust", "", "server", "call", "not-run", "no cargo"))));
    SuiteResult result = new InteropJudge().judge(raw);
    assertThat(result.suite()).isEqualTo(new InteropJudge().suite()).isEqualTo(Suite.INTEROP);
    assertThat(result.facts()).isEqualTo(Map.of("sdk-go", "1.4.0", "sdk-rust", "not had"));
    assertThat(result.checks())
        .extracting(CheckResult::id)
        .containsExactly("IO-GO-CLIENT-CALL", "IO-RUST-SERVER-CALL");
    assertThat(result.checks())
        .extracting(CheckResult::title)
        .containsExactly(
            "call: the go SDK's client with our server",
            "call: our client with the rust SDK's server");
    assertThat(((Verdict.Fail) result.checks().getFirst().verdict()).findings().getFirst().actual())
        .isEqualTo("fail: no answer");
    assertThat(result.checks().getLast().verdict())
        .isEqualTo(new Verdict.NotObserved("not run: no cargo"));
  }

  @Test
  void aTableOfAnotherFormIsRefused() throws IOException {
    judged("pass");
    Path file = raw.resolve(InteropTable.FILE);
    Files.writeString(
        file, Files.readString(file).replace(InteropTable.SCHEMA, "plumbline/other/v9"));
    assertThatThrownBy(() -> new InteropJudge().judge(raw))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown form plumbline/other/v9");
  }
}

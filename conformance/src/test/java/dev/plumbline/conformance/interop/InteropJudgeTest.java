package dev.plumbline.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}

package dev.plumbline.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.kill.KillMatrix.Kill;
import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillMatrixJudgeTest {
  private static final Kill OWN = new Kill("PING-001", "The answer to ping is not empty.");
  private static final Kill OTHER = new Kill("BASE-006", "result.pong is unknown");

  @TempDir private Path raw;

  private SuiteResult judged(Line... lines) throws IOException {
    Json.write(
        raw.resolve(KillMatrix.FILE),
        new KillMatrix(KillMatrix.SCHEMA, "00", lines.length, List.of(lines)));
    return new KillMatrixJudge().judge(raw);
  }

  private Verdict mutant(List<String> killers, Kill... kills) throws IOException {
    return judged(
            new Line(
                "ping-result-not-empty",
                "PING-001",
                Transport.HTTP,
                killers,
                "ping is not empty",
                List.of(kills),
                List.of("LIFE-001")))
        .checks()
        .getFirst()
        .verdict();
  }

  private static Line control(List<Kill> kills, List<String> passed) {
    return new Line(Line.NONE, Line.NONE, Transport.HTTP, List.of(), "", kills, passed);
  }

  @Test
  void aMutantIsKilledByItsOwnRuleWithItsOwnMessage() throws IOException {
    assertThat(mutant(List.of("PING-001"), OWN)).isEqualTo(new Verdict.Pass(1));
    assertThat(mutant(List.of("PING-001"), new Kill("PING-001", "no answer at all")))
        .isInstanceOf(Verdict.Fail.class);
    assertThat(mutant(List.of("PING-001"))).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void noOtherRuleMayNoticeItUnlessItAsksForTheSame() throws IOException {
    assertThat(mutant(List.of("PING-001"), OWN, OTHER)).isInstanceOf(Verdict.Fail.class);
    assertThat(mutant(List.of("PING-001", "BASE-006"), OWN, OTHER)).isEqualTo(new Verdict.Pass(2));
    assertThat(mutant(List.of("PING-001", "BASE-006"), OWN)).isInstanceOf(Verdict.Fail.class);
    assertThat(mutant(List.of("BASE-006"), OTHER)).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void theServerAsItIsSurvives() throws IOException {
    assertThat(judged(control(List.of(), List.of("PING-001"))).checks().getFirst().verdict())
        .isEqualTo(new Verdict.Pass(1));
    assertThat(judged(control(List.of(OWN), List.of("LIFE-001"))).checks().getFirst().verdict())
        .isInstanceOf(Verdict.Fail.class);
    assertThat(judged(control(List.of(), List.of())).checks().getFirst().verdict())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void controlsOfOneTransportHaveNamesOfTheirOwn() throws IOException {
    Line clean = control(List.of(), List.of("PING-001"));
    assertThat(judged(clean, clean).checks())
        .extracting(check -> check.id())
        .containsExactly("MU-NONE-HTTP", "MU-NONE-HTTP-2");
    assertThat(judged(clean, clean).facts()).containsEntry("killed", "0 of 0 mutants");
  }

  @Test
  void aShortenedMatrixIsNoticed() throws IOException {
    judged(control(List.of(), List.of("PING-001")));
    Path file = raw.resolve(KillMatrix.FILE);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"count\"\\s*:\\s*1", "\"count\":2"));
    assertThatThrownBy(() -> new KillMatrixJudge().judge(raw)).isInstanceOf(IOException.class);
  }
}

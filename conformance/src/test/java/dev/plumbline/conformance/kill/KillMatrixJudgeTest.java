package dev.plumbline.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.kill.KillMatrix.Kill;
import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private static Line pinged(List<String> killers, Kill... kills) {
    return new Line(
        "ping-result-not-empty",
        "PING-001",
        Transport.HTTP,
        killers,
        "ping is not empty",
        List.of(kills),
        List.of());
  }

  @Test
  void whatItIsCountedByLeavesTheServerAsItIsOut() throws IOException {
    SuiteResult result =
        judged(
            pinged(List.of("PING-001"), OWN),
            pinged(List.of("PING-001")),
            control(List.of(), List.of("PING-001")),
            control(List.of(OWN), List.of()));
    assertThat(result.suite()).isEqualTo(new KillMatrixJudge().suite()).isEqualTo(Suite.MUTANTS);
    assertThat(result.facts()).isEqualTo(Map.of("killed", "1 of 2 mutants"));
    assertThat(result.checks())
        .extracting(CheckResult::title)
        .containsExactly(
            "the defect ping-result-not-empty is noticed by the rule of PING-001",
            "the defect ping-result-not-empty is noticed by the rule of PING-001",
            "the server without a defect is failed by no rule",
            "the server without a defect is failed by no rule");
  }

  @Test
  void aFailureTellsWhichRulesFailedAndWhatTheySaid() throws IOException {
    Finding wrong = finding(pinged(List.of("PING-001"), OWN, OTHER));
    assertThat(wrong.summary())
        .isEqualTo("The defect ping-result-not-empty is not noticed as it must be");
    assertThat(wrong.expected()).isEqualTo("PING-001 fail, with \"ping is not empty\"");
    assertThat(wrong.actual())
        .isEqualTo(
            "PING-001 fails: The answer to ping is not empty.; "
                + "BASE-006 fails: result.pong is unknown");
    assertThat(finding(pinged(List.of("PING-001"))).actual()).isEqualTo("no rule fails");
    Finding alarm = finding(control(List.of(OWN), List.of()));
    assertThat(alarm.summary()).isEqualTo("A rule fails the server that has no defect");
    assertThat(alarm.expected()).isEqualTo("no rule fails");
  }

  @Test
  void theMessageMustBeThatOfItsOwnRule() throws IOException {
    Kill early = new Kill("BASE-006", "A message: ping is not empty");
    Kill own = new Kill("PING-001", "no answer at all");
    assertThat(
            judged(pinged(List.of("PING-001", "BASE-006"), early, own))
                .checks()
                .getFirst()
                .verdict())
        .isInstanceOf(Verdict.Fail.class);
  }

  private Finding finding(Line line) throws IOException {
    return ((Verdict.Fail) judged(line).checks().getFirst().verdict()).findings().getFirst();
  }
}

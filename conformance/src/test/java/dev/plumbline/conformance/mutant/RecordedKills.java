package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.mutant.RecordedMatrix.Given;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Judges again what a kill matrix recorded, without a server: every mutant is killed by the same
 * rules with the same words, and every other rule comes to the same.
 */
abstract class RecordedKills {
  private final Era era;

  RecordedKills(Era era) {
    this.era = era;
  }

  @TestFactory
  Stream<DynamicTest> everyRuleComesToTheSameAgain() {
    return RecordedMatrix.tests(
        era, (rule, all) -> all.forEach(given -> isJudgedTheSame(rule, given)));
  }

  private static void isJudgedTheSame(Rule rule, Given given) {
    Verdict verdict = rule.judge().apply(given.recording());
    String expected =
        given.line().killedBy().stream()
            .filter(kill -> kill.clause().equals(rule.clause()))
            .findFirst()
            .map(kill -> "fails: " + kill.finding())
            .orElse(given.line().passed().contains(rule.clause()) ? "passes" : "sees nothing");
    String found =
        switch (verdict) {
          case Verdict.Fail fail -> "fails: " + fail.findings().getFirst().summary();
          case Verdict.Pass pass -> "passes";
          default -> "sees nothing";
        };
    assertThat(found).as("%s on %s", rule.clause(), given.line().mutant()).isEqualTo(expected);
  }
}

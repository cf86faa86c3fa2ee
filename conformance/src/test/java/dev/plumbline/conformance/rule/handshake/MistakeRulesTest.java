package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules on mistakes beside their lawful twins. */
class MistakeRulesTest {
  private static final String TWINS =
      """
      TOOL-006, arguments, wrong-argument
      TOOL-012, call, call-case
      TOOL-024, call, call.nothing
      RES-008, read, read.empty
      PROM-002, get-prompt, get-prompt-unknown
      PROM-012, get-prompt, get-prompt-incomplete
      COMP-007, complete, complete-unknown
      COMP-008, complete, complete.without-ref
      LOG-006, level, level.made-up
      """;

  private static Recorded lawful(String clause, String capabilities) {
    return Recorded.http(clause).initialized(capabilities).sent("lawful", "ping").result("{}");
  }

  @ParameterizedTest
  @CsvSource(textBlock = TWINS)
  void aRefusedMistakeBesideAServedTwinPasses(String clause, String twin, String mistake) {
    lawful(clause, "{}").sent(twin, "m").result("{}").sent(mistake, "m").error(-32602).passes(1);
  }

  @Test
  void anAddressMayBeRefusedByTheStatusAlone() {
    lawful("RES-008", "{}")
        .sent("read", "m")
        .result("{}")
        .sent("read.missing", "m")
        .status(500, "{\"message\":\"no uri\"}")
        .passes(1);
  }

  @ParameterizedTest
  @CsvSource(textBlock = TWINS)
  void aServedMistakeIsWrong(String clause, String twin, String mistake) {
    assertThat(
            lawful(clause, "{}")
                .sent(twin, "m")
                .result("{}")
                .sent(mistake, "m")
                .result("{}")
                .judged())
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail ->
                assertThat(fail.findings().getFirst().summary()).contains("is not answered with"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = TWINS)
  void aRefusedTwinProvesNothing(String clause, String twin, String mistake) {
    assertThat(
            lawful(clause, "{}")
                .sent(twin, "m")
                .error(-32602)
                .sent(mistake, "m")
                .error(-32602)
                .judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @CsvSource(textBlock = TWINS)
  void aMistakeThatCouldNotBeMadeIsNotObserved(String clause, String twin, String mistake) {
    assertThat(lawful(clause, "{}").sent(twin, mistake).result("{}").judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void aWrongArgumentIsAnErrorOfTheTool() {
    Recorded called = lawful("TOOL-025", "{}").sent("arguments", "m").result("{}");
    called.sent("wrong-argument", "m").result("{\"isError\":true}").passes(1);
    lawful("TOOL-025", "{}")
        .sent("arguments", "m")
        .result("{}")
        .sent("wrong-argument", "m")
        .error(-32602)
        .fails(
            "A call with an argument of a wrong type is not answered with a result with isError,"
                + " from which a model can learn.");
  }

  @ParameterizedTest
  @CsvSource({
    "TOOL-004, offer-tools, tools, '{\"tools\":[{}]}'",
    "RES-002, offer-resources, resources, '{\"resources\":[{}]}'",
    "COMP-001, complete, completions, '{\"completion\":{}}'"
  })
  void whatIsOfferedIsDeclared(String clause, String label, String capability, String result) {
    lawful(clause, "{\"" + capability + "\":{}}").sent(label, "m").result(result).passes(1);
    lawful(clause, "{}")
        .sent(label, "m")
        .result(result)
        .fails("The server offers " + capability + " without declaring the capability.");
    lawful(clause, "{}")
        .sent(label, "m")
        .error(-32601)
        .isNotApplicable("the server offers no " + capability);
  }
}

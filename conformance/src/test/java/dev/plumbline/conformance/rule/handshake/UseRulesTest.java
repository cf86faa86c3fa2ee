package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion that is missing, pages, dialects of schemas, lines. */
class UseRulesTest {
  private static final String PAGE = "{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"c\"}";
  private static final String LAST = "{\"tools\":[{\"name\":\"b\"}]}";

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "ping").result("{}");
  }

  private static Recorded initialized(String capabilities) {
    return Recorded.http("COMP-006").initialized(capabilities).sent("lawful", "ping").result("{}");
  }

  // --- COMP-006 ----------------------------------------------------------------------------------

  @Test
  void completionThatIsMissingIsAnUnknownMethod() {
    initialized("{}").sent("complete", "completion/complete").error(-32601).passes(1);
    initialized("{}")
        .sent("complete", "completion/complete")
        .error(-32603)
        .fails(
            "A server without completion does not answer completion/complete with error -32601.");
  }

  @Test
  void completionThatIsThereIsNoOccasion() {
    initialized("{\"completions\":{}}").isNotApplicable("the server completes");
    initialized("{}")
        .sent("complete", "completion/complete")
        .result("{}")
        .isNotObserved("the server completes without saying so");
    initialized("{}")
        .sent("complete", "completion/complete")
        .error(-32602)
        .isNotObserved("the server completes without saying so");
    initialized("{}")
        .sent("complete", "completion/complete")
        .status(400, "no")
        .isNotObserved(
            "the request got no JSON-RPC answer: status 400 with a body without a JSON-RPC"
                + " response");
  }

  // --- PAGE-006 ----------------------------------------------------------------------------------

  private static Recorded read(Recorded recorded, String label, String last) {
    return recorded
        .sent("tools-" + label, "tools/list")
        .result(PAGE)
        .sent("tools-" + label + "-2", "tools/list")
        .result(last);
  }

  private static Recorded used(String again, String second) {
    Recorded once =
        read(lawful("PAGE-006"), "first", LAST).sent("tools-again", "tools/list").result(again);
    return read(once, "second", second);
  }

  @Test
  void aCursorLeadsToTheSamePage() {
    used(LAST, LAST).passes(1);
    used("{\"tools\":[]}", LAST)
        .fails("A cursor of tools/list does not lead to the same page when it is used again.");
  }

  @Test
  void aListThatChangesOrHasOnePageShowsNothing() {
    used("{\"tools\":[]}", "{\"tools\":[]}")
        .isNotObserved("no list has more than one page and stays as it is");
    lawful("PAGE-006")
        .sent("tools-first", "tools/list")
        .result(LAST)
        .sent("tools-second", "tools/list")
        .result(LAST)
        .isNotObserved("no list has more than one page and stays as it is");
  }

  // --- PAGE-007 ----------------------------------------------------------------------------------

  private static Recorded wrongly() {
    return read(read(lawful("PAGE-007"), "first", LAST), "second", LAST);
  }

  @Test
  void aWrongCursorDoesNoHarm() {
    read(wrongly().sent("tools-wrong-long", "tools/list").error(-32602), "third", LAST).passes(2);
    read(wrongly().sent("tools-wrong-long", "tools/list").status(413, ""), "third", LAST).passes(2);
    read(wrongly().sent("tools-wrong-long", "tools/list").late(), "third", LAST).passes(1);
  }

  @Test
  void aWrongCursorThatHarmsIsWrong() {
    read(wrongly().sent("tools-wrong-long", "tools/list").error(-32602), "third", "{\"tools\":[]}")
        .fails("tools/list is another one after wrong cursors.");
    read(wrongly().sent("tools-wrong-long", "tools/list").status(500, ""), "third", LAST)
        .fails("tools/list breaks down at a wrong cursor.");
    read(wrongly().sent("tools-wrong-long", "tools/list").closed(), "third", LAST)
        .fails("tools/list breaks down at a wrong cursor.");
  }

  @Test
  void aListThatChangesByItselfShowsNoHarm() {
    read(read(lawful("PAGE-007"), "first", LAST), "second", "{\"tools\":[]}")
        .isNotObserved("no list was served that stays as it is");
  }

  // --- BASE-017, BASE-018 ------------------------------------------------------------------------

  private static final String DIALECTS =
      """
      BASE-017, default-dialect, A schema that names no dialect is not read as JSON Schema 2020-12.
      BASE-018, named-dialect, Arguments are not checked by the dialect that the schema names.
      """;

  @ParameterizedTest
  @CsvSource(textBlock = DIALECTS)
  void argumentsAreCheckedByTheirDialect(String clause, String label, String summary) {
    Recorded called = lawful(clause).sent(label, "tools/call").result("{}");
    called.sent(label + "-broken", "tools/call").result("{\"isError\":true}").passes(1);
    lawful(clause)
        .sent(label, "tools/call")
        .result("{}")
        .sent(label + "-broken", "tools/call")
        .error(-32602)
        .passes(1);
    lawful(clause)
        .fact(label + "-broken", ": unit is missing")
        .sent(label, "tools/call")
        .result("{}")
        .sent(label + "-broken", "tools/call")
        .result("{}")
        .fails(summary);
  }

  @ParameterizedTest
  @CsvSource(textBlock = DIALECTS)
  void aToolThatServesNothingShowsNothing(String clause, String label, String summary) {
    lawful(clause)
        .sent(label, "tools/call")
        .result("{\"isError\":true}")
        .sent(label + "-broken", "tools/call")
        .result("{}")
        .isNotObserved("the lawful call ended with an error of the tool");
  }

  @Test
  void withoutSuchAToolThereIsNoOccasion() {
    lawful("BASE-018")
        .isNotObserved(
            "the target gave no occasion: a tool whose schema names its dialect and uses what"
                + " another dialect lacks");
  }

  // --- TRAN-010 ----------------------------------------------------------------------------------

  @Test
  void aMessageIsOneLine() {
    Recorded.stdio("TRAN-010").sent("lawful", "ping").result("{}").passes(1);
    Recorded.stdio("TRAN-010")
        .sent("lawful", "ping")
        .message(
            0,
            "{\"jsonrpc\":\"2.0\",\n\"method\":\"x\"}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
        .fails("A message stretches over several lines.");
  }

  // --- LIFE-026 ----------------------------------------------------------------------------------

  @Test
  void whatWasNotDeclaredIsNotAskedFor() {
    lawful("LIFE-026")
        .sent("call", "tools/call")
        .result("{}")
        .sent("after", "ping")
        .result("{}")
        .passes(1);
    lawful("LIFE-026")
        .sent("call", "tools/call")
        .said(
            dev.plumbline.conformance.wire.End.COMPLETE,
            "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"sampling/createMessage\",\"params\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}")
        .sent("after", "ping")
        .result("{}")
        .fails(
            "The server asks for sampling/createMessage of a client that did not declare"
                + " sampling.");
    lawful("LIFE-026")
        .sent("after", "ping")
        .result("{}")
        .isNotObserved("no call of a tool was answered");
  }
}

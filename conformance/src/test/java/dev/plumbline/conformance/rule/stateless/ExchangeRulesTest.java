package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mirrored parameters, undeclared capabilities, one era alone, endings and changes. */
class ExchangeRulesTest {
  private static final String ONE = "{\"supportedVersions\":[\"2026-07-28\"]}";

  private static Recorded http(String clause, String discovered) {
    return Recorded.http(clause).sent("lawful", "server/discover").result(discovered);
  }

  private static Recorded stdio(String clause) {
    return Recorded.stdio(clause).sent("lawful", "server/discover").result("{}");
  }

  private static String said(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  private static String answer(String id, String rest) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + rest + "}";
  }

  // --- mirrored parameters -----------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "TRAN-578, param-malformed, A call whose Mcp-Param header is no Base64 is served.",
    "TRAN-579, param-other, A call whose Mcp-Param header has another value is served.",
    "TRAN-581, param-other, A call whose Mcp-Param header has another value is served.",
    "TRAN-587, param-missing, A call without the Mcp-Param header of its argument is served."
  })
  void headersThatDoNotFitAreRefused(String clause, String label, String summary) {
    Recorded lawful = Recorded.http(clause).sent("param-lawful", "tools/call").result("{}");
    lawful.sent(label, "tools/call").error(400, -32020).passes(1);
    Recorded.http(clause)
        .sent("param-lawful", "tools/call")
        .result("{}")
        .sent(label, "tools/call")
        .result("{}")
        .fails(summary);
    assertThat(Recorded.http(clause).sent(label, "tools/call").error(400, -32020).judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "TRAN-583, param-null, An argument that is null is expected in a header.",
    "TRAN-585, param-absent, An argument that is left out is expected in a header."
  })
  void headersOfNothingAreNotExpected(String clause, String label, String summary) {
    Recorded.http(clause)
        .sent("param-lawful", "tools/call")
        .result("{}")
        .sent(label, "tools/call")
        .error(-32602)
        .passes(1);
    Recorded.http(clause)
        .sent("param-lawful", "tools/call")
        .result("{}")
        .sent(label, "tools/call")
        .error(400, -32020)
        .fails(summary);
  }

  @Test
  void integersAreNumbers() {
    Recorded.http("TRAN-590")
        .sent("number-lawful", "tools/call")
        .result("{}")
        .sent("number-with-fraction", "tools/call")
        .error(400, -32020)
        .fails("The header 42.0 is not taken for the integer 42.");
  }

  // --- one era -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"VERS-508", "TRAN-553", "TRAN-508"})
  void serversOfBothErasAreNotMeant(String clause) {
    http(clause, "{\"supportedVersions\":[\"2026-07-28\",\"2025-11-25\"]}")
        .isNotApplicable("the server speaks earlier revisions, too");
    http(clause, ONE)
        .sent("initialize", "initialize")
        .result("{}")
        .isNotApplicable("the server speaks earlier revisions, too");
  }

  @Test
  void initializeIsRefusedWithTheVersions() {
    http("VERS-508", ONE)
        .sent("initialize", "initialize")
        .error(400, -32602, ",\"data\":[\"2026-07-28\"]")
        .passes(1);
    http("VERS-508", ONE)
        .sent("initialize", "initialize")
        .error(400, -32601)
        .fails("initialize is refused without naming the versions that are spoken.");
  }

  @Test
  void getMeansNothing() {
    http("TRAN-508", ONE)
        .notified("get", "x")
        .status(405, "")
        .notified("delete", "x")
        .status(404, "")
        .fails("A DELETE of an older client is not answered with status 405.");
  }

  // --- undeclared capabilities -------------------------------------------------------------------

  private static Recorded called(String clause, String declared) {
    return http(clause, "{\"capabilities\":{\"extensions\":{\"a/b\":{}}}}")
        .sent("declared-t", "tools/call", "{\"name\":\"t\"}")
        .result(declared);
  }

  private static String asks(String method) {
    return "{\"resultType\":\"input_required\",\"inputRequests\":{\"q\":{\"method\":\""
        + method
        + "\"}}}";
  }

  @Test
  void whoDeclaredNothingIsNotAsked() {
    called("BASE-552", asks("roots/list"))
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .result(asks("roots/list"))
        .fails(
            "Tool t, called by a client that declared no capability, asks for what the client"
                + " cannot do.");
    called("ROOT-506", asks("roots/list"))
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .result(asks("roots/list"))
        .fails("Tool t, called by a client that declared no capability, asks for its roots.");
    called("ROOT-506", "{}")
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .result("{}")
        .isNotObserved("the target gave no occasion");
  }

  @Test
  void whatIsMissingIsNamed() {
    called("BASE-553", asks("sampling/createMessage"))
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .error(400, -32021, ",\"data\":{\"requiredCapabilities\":{\"sampling\":{}}}")
        .passes(1);
    called("BASE-553", asks("sampling/createMessage"))
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .error(400, -32021)
        .fails(
            "Tool t, called by a client that declared no capability, is not told what is missing.");
    called("BASE-553", asks("sampling/createMessage"))
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .result("{}")
        .isNotObserved("the target gave no occasion");
  }

  @Test
  void extensionsFallBack() {
    called("VERS-505", "{}")
        .sent("bare-t", "tools/call", "{\"name\":\"t\"}")
        .result("{\"resultType\":\"task\"}")
        .fails(
            "Tool t, called by a client that declared no capability, answers with task, a result"
                + " of an extension.");
  }

  // --- cancellation ------------------------------------------------------------------------------

  private static Recorded cancelled(String clause, String... late) {
    return stdio(clause)
        .sent("slow-lawful", "tools/call")
        .result("{}")
        .sent("running", "tools/call", "{}", "\"s\"")
        .late()
        .sent("after-cancel", "server/discover")
        .result("{}")
        .notified("quiet", "x")
        .lines(late)
        .sent("after-quiet", "server/discover")
        .result("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANC-512", "TRAN-523"})
  void silenceAfterACancellationPasses(String clause) {
    cancelled(clause).passes(1);
    stdio(clause).isNotObserved("no tool takes as long as it is told to");
  }

  @Test
  void whatComesAfterACancellationIsTold() {
    String error = answer("\"s\"", "\"error\":{\"code\":1,\"message\":\"m\"}");
    String result = answer("\"s\"", "\"result\":{}");
    cancelled("CANC-512", error).fails("A cancelled call is answered.");
    cancelled("TRAN-523", error).passes(1);
    cancelled("TRAN-523", result).fails("A cancelled call works on to its result.");
  }

  // --- changes -----------------------------------------------------------------------------------

  @Test
  void aChangedListIsAnnounced() {
    Recorded changed =
        http("TOOL-512", "{}")
            .sent("tools-before", "tools/list")
            .result("{\"tools\":[{\"name\":\"a\"}]}")
            .sent("change-tools", "tools/call")
            .result("{}")
            .sent("tools-after", "tools/list")
            .result("{\"tools\":[]}");
    changed
        .sent("listen", "subscriptions/listen", "{}", "7")
        .said(
            End.CLOSED,
            said("subscriptions/acknowledged", "\"notifications\":{\"toolsListChanged\":true}"))
        .fails("The list of tools changed, and those who listen were not told.");
    changed
        .sent("listen-2", "subscriptions/listen", "{}", "7")
        .said(End.CLOSED, said("tools/list_changed", ""))
        .passes(1);
  }

  @Test
  void logMessagesStayWithTheirRequest() {
    Recorded logged =
        http("LOGG-504", "{}")
            .sent("logging", "tools/call")
            .said(End.COMPLETE, said("message", "\"data\":\"x\""));
    logged
        .sent("listen", "subscriptions/listen", "{}", "7")
        .said(End.CLOSED, said("message", "\"data\":\"x\""))
        .fails("A log message comes on the stream of a subscription.");
    http("LOGG-504", "{}")
        .isNotObserved("no tool logged while somebody listened on another stream");
  }
}

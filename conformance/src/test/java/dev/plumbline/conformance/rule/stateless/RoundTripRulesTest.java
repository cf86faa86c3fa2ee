package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.WrongReplies;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of answers, and of state that was changed, beside the lawful round. */
class RoundTripRulesTest {
  private static final String FORM =
      "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\",\"requestedSchema\":"
          + "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},"
          + "\"required\":[\"name\"]}}}";

  private static String complete(String text) {
    return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
  }

  private static String asking(String question) {
    return "{\"resultType\":\"input_required\",\"inputRequests\":{\"q\":" + question + "}}";
  }

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "server/discover").result("{}");
  }

  private static Recorded.Sent call(Recorded recorded, String label) {
    return call(recorded, label, "{}");
  }

  private static Recorded.Sent call(Recorded recorded, String label, String capabilities) {
    return recorded.sent(
        label,
        "tools/call",
        "{\"name\":\"t\",\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":"
            + capabilities
            + "}}");
  }

  /** A tool that asks, and needs the answer and the state. */
  private static Recorded asker(String clause) {
    Recorded recorded = call(lawful(clause), "ask").result(asking(FORM));
    recorded = call(recorded, "state-none").result(asking(FORM));
    return call(recorded, "answers-none").result(asking(FORM));
  }

  private static Recorded twin(Recorded recorded) {
    return call(recorded, "twin").result(complete("Hello, plumbline"));
  }

  private static Recorded changed(String clause, String label, String result) {
    return twin(call(asker(clause), label).result(result));
  }

  private static Recorded refused(String clause, String label) {
    return twin(call(asker(clause), label).error(-32602));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MRTR-507", "MRTR-508", "MRTR-509", "MRTR-510", "MRTR-513", "MRTR-514", "MRTR-515",
        "MRTR-522", "MRTR-523", "MRTR-524", "MRTR-525", "ELIC-506", "ELIC-518", "ELIC-523",
        "ELIC-545", "SAMP-509", "SAMP-510", "SAMP-517", "SAMP-521", "SAMP-522"
      })
  void whoAsksNothingShowsNothing(String clause) {
    assertThat(lawful(clause).judged()).isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "MRTR-507,state-hostile", "MRTR-508,state-changed", "MRTR-509,state-changed",
    "MRTR-522,answers-text", "MRTR-522,answers-shapeless", "ELIC-523,user-declines",
    "ELIC-545,form-number", "ELIC-545,form-missing", "SAMP-517,sampled-system"
  })
  void whatIsRefusedPassesBesideItsTwin(String clause, String label) {
    refused(clause, label).passes(1);
    assertThat(call(asker(clause), label).error(-32602).judged())
        .as("without the twin a refusal proves nothing")
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MRTR-508 | state-changed     | Hello, mumblings  | A changed requestState changes what t does.",
        "MRTR-509 | state-changed     | Hello, mumblings  | A changed requestState changes what t does.",
        "MRTR-522 | answers-array     | Thanks            | t is completed by inputResponses that are no answers.",
        "MRTR-522 | answers-shapeless | Hello, plumbline  | t is completed by inputResponses that are no answers.",
        "ELIC-545 | form-missing      | Hello, plumbline  | t is completed by a form that does not fit.",
        "ELIC-545 | form-number       | Hello, 9081726354 | t is completed by a form that does not fit.",
        "SAMP-517 | sampled-system    | Hello, plumbline  | t is completed by a sampled message of role system or without known content."
      })
  void whatIsTakenAlthoughItDoesNotFitIsTold(
      String clause, String label, String text, String summary) {
    changed(clause, label, complete(text)).fails(summary);
  }

  @ParameterizedTest
  @CsvSource({
    "MRTR-508,state-changed,plumbline", "ELIC-545,form-missing,stranger",
    "ELIC-545,form-number,9081726354 is wrong", "MRTR-522,answers-shapeless,stranger",
    "SAMP-517,sampled-block,nobody"
  })
  void whatProvesNothingIsNotHeldAgainstATool(String clause, String label, String name) {
    assertThat(changed(clause, label, complete("Hello, " + name)).judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void aStateThatDecidesNothingIsNotJudged() {
    Recorded free = call(lawful("MRTR-508"), "state-none").result(complete("Hello, plumbline"));
    twin(call(free, "state-changed").result(complete("x")))
        .isNotObserved("no tool's outcome depends on its requestState");
  }

  @Test
  void hostileStateShowsNoStackTrace() {
    String trace = "Traceback (most recent call last): x";
    twin(call(asker("MRTR-507"), "state-hostile").error(200, -32603, ",\"data\":\"" + trace + "\""))
        .fails("A requestState that t did not issue lets the server show a stack trace.");
  }

  @Test
  void aStateBelongsToItsRequest() {
    Recorded bound = call(asker("MRTR-510"), "state-changed").error(-32602);
    twin(call(bound, "state-foreign").error(-32602)).passes(1);
    Recorded unbound = call(asker("MRTR-510"), "state-changed").error(-32602);
    twin(call(unbound, "state-foreign").result(complete("Hello, plumbline")))
        .fails("The requestState of another tool is accepted by t.");
  }

  @Test
  void entriesNobodyAskedForAreIgnoredAndMissingOnesAskedForAgain() {
    changed("MRTR-524", "answers-more", complete("Hello, plumbline")).passes(1);
    refused("MRTR-524", "answers-more")
        .fails("t refuses inputResponses with an entry nobody asked for.");
    twin(asker("MRTR-525")).passes(1);
    twin(call(lawful("MRTR-525"), "answers-none").error(-32602))
        .fails("t refuses a round without the answers it needs.");
  }

  @Test
  void mistakesAreJsonRpcErrors() {
    lawful("MRTR-523").sent("state-number", "tools/call").error(-32602).passes(1);
    lawful("MRTR-523")
        .sent("malformed", "tools/call")
        .status(400, "Bad Request")
        .fails("A later round that is no JSON is not answered with a JSON-RPC error.");
  }

  @Test
  void nobodyHasToAnswer() {
    Recorded asked = call(lawful("MRTR-515"), "abandoned").result(asking(FORM));
    Recorded again = call(asked, "abandoned-2").result(asking(FORM));
    again.sent("alive", "server/discover").result("{}").passes(1);
    Recorded full = call(lawful("MRTR-515"), "abandoned").result(asking(FORM));
    full = call(full, "abandoned-2").error(-32603);
    full.sent("alive", "server/discover")
        .result("{}")
        .fails("After questions that nobody answered the same call is refused.");
  }

  @ParameterizedTest
  @CsvSource({"MRTR-513,{}", "MRTR-514,{}", "ELIC-506,{\"elicitation\":{\"url\":{}}}"})
  void onlyWhatWasDeclaredIsAskedFor(String clause, String capabilities) {
    Recorded quiet = call(lawful(clause), "ask").result(asking(FORM));
    call(quiet, "without-elicitation", capabilities).error(-32021).passes(1);
    Recorded asks = call(lawful(clause), "ask").result(asking(FORM));
    assertThat(call(asks, "without-elicitation", capabilities).result(asking(FORM)).judged())
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void credentialsOfAPageStayAtTheServer() {
    String page =
        "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"url\":\"https://a.b/\"}}";
    twin(call(lawful("ELIC-518"), "ask").result(asking(page))).passes(1);
    call(call(lawful("ELIC-518"), "ask").result(asking(page)), "twin")
        .result(complete("access_token=abcdefghijklmnopqrst"))
        .fails("After its user was on a page, t gives the client a credential.");
  }

  @Test
  void aUserWhoDeclinesIsNoInternalError() {
    twin(call(asker("ELIC-523"), "user-declines").error(-32603))
        .fails("t fails when the user declines, instead of handling it.");
  }

  private static String sampling(String messages) {
    return asking(
        "{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[" + messages + "]}}");
  }

  private static String uses(String results) {
    return "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\"},"
        + "{\"type\":\"tool_use\",\"id\":\"b\"}]},{\"role\":\"user\",\"content\":["
        + results
        + "]}";
  }

  private static String result(String id) {
    return "{\"type\":\"tool_result\",\"toolUseId\":\"" + id + "\"}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAMP-509", "SAMP-510", "SAMP-521"})
  void everyToolUseHasItsResult(String clause) {
    String whole = uses(result("a") + "," + result("b"));
    call(lawful(clause), "loop").result(sampling(whole)).passes(1);
  }

  @Test
  void toolUsesWithoutTheirResultsAreTold() {
    String text = "{\"type\":\"text\",\"text\":\"x\"},";
    call(lawful("SAMP-509"), "loop")
        .result(sampling(uses(text + result("a") + "," + result("b"))))
        .fails("A sampling request of t has \"text\" beside tool results in one message.");
    call(lawful("SAMP-510"), "loop")
        .result(sampling(uses(result("a"))))
        .fails("A sampling request of t has no result for the tool use b in the next message.");
    call(lawful("SAMP-521"), "loop")
        .result(sampling(uses(result("a") + "," + result("a") + "," + result("b"))))
        .fails("A sampling request of t has 2 results for the tool use a.");
  }

  @Test
  void loopsEnd() {
    Recorded endless = lawful("SAMP-522");
    for (int turn = 0; turn <= QuestionWalk.MAX_TURNS; turn++) {
      call(endless, "loop").result(sampling(""));
    }
    endless.fails("t goes on as long as the model wants to use tools.");
    call(lawful("SAMP-522"), "loop").result(complete("x")).passes(1);
  }

  @Test
  void statesAreChangedInTheirMiddleAndForgedWhereTheyCanBeRead() {
    String readable = "eyJuYW1lIjoicGx1bWJsaW5lIn0="; // {"name":"plumbline"}
    assertThat(States.changed(readable))
        .hasSize(4)
        .doesNotContain(readable)
        .contains("eyJuYW1lIjoibXVtYmxpbmdzIn0=");
    assertThat(States.changed("")).isEmpty();
  }

  @Test
  void formsAreFilledInAsTheirSchemaWants() {
    JsonNode schema =
        Messages.parse(
                "{\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":12},\"b\":{\"type\":"
                    + "\"integer\",\"minimum\":5},\"c\":{\"oneOf\":[{\"const\":\"x\"}]},\"d\":{"
                    + "\"type\":\"array\",\"items\":{\"enum\":[\"y\"]}},\"e\":{\"type\":\"boolean\"}}}")
            .orElseThrow();
    assertThat(Replies.content(schema))
        .hasToString("{\"a\":\"plumblinexxx\",\"b\":5,\"c\":\"x\",\"d\":[\"y\"],\"e\":true}");
    assertThat(WrongReplies.to(Messages.parse("{\"q\":" + FORM + "}").orElseThrow()).keySet())
        .containsExactlyElementsOf(
            List.of("user-declines", "user-cancels", "form-number", "form-missing"));
  }
}

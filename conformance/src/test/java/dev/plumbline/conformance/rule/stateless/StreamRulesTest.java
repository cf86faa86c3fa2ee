package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of HTTP answers, and what event streams carry. */
class StreamRulesTest {
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}";

  private static Recorded.Sent call(String clause) {
    return Recorded.http(clause)
        .sent("lawful", "server/discover")
        .result("{}")
        .sent("call", "tools/call", "{\"_meta\":{\"progressToken\":7}}", "9");
  }

  private static String said(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-531", "TRAN-542"})
  void jsonAtTheEndpointPasses(String clause) {
    call(clause).result("{}").passes(2);
  }

  @Test
  void anUnknownMethodNeedsNoOtherPath() {
    call("TRAN-531").error(404, -32601).passes(2);
    call("TRAN-531").status(404, "").fails("A POST of tools/call finds nothing at the endpoint.");
    call("TRAN-531").status(405, "").fails("A POST of tools/call is answered with status 405.");
  }

  @Test
  void anotherTypeOfBodyIsTold() {
    call("TRAN-542")
        .typed(200, "text/html", ANSWER, End.COMPLETE)
        .fails("A POST of tools/call is answered with Content-Type text/html.");
    call("TRAN-542").status(403, "no").passes(1);
  }

  @Test
  void aStreamCarriesWhatBelongsToItsRequest() {
    call("TRAN-544")
        .said(End.COMPLETE, said("progress", "\"progressToken\":7,\"progress\":1"), ANSWER)
        .passes(1);
    call("TRAN-544")
        .said(End.COMPLETE, said("progress", "\"progressToken\":8,\"progress\":1"), ANSWER)
        .fails("The message notifications/progress has the token 8 of another request.");
    call("TRAN-544")
        .said(End.COMPLETE, said("tools/list_changed", ""), ANSWER)
        .fails(
            "The message notifications/tools/list_changed comes on the stream of tools/call, which"
                + " it is not of.");
  }

  @Test
  void theResponseIsTheLastMessage() {
    call("TRAN-546").said(End.COMPLETE, ANSWER).passes(1);
    call("TRAN-546")
        .said(End.TIMED_OUT, ANSWER)
        .fails("A POST of tools/call is answered by a stream that stays open after the response.");
    call("TRAN-546")
        .said(End.COMPLETE, ANSWER, said("x", ""))
        .fails("A POST of tools/call goes on after the response with " + said("x", "") + ".");
  }

  @Test
  void streamsAreNotBuffered() {
    call("TRAN-547")
        .said(End.COMPLETE, ANSWER)
        .fails(
            "A POST of tools/call is answered by an event stream without X-Accel-Buffering: no.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-544", "TRAN-546", "TRAN-547"})
  void withoutAStreamNothingIsSeen(String clause) {
    assertThat(call(clause).result("{}").judged()).isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void aRefusedNotificationNeedsAnErrorStatus() {
    Recorded.http("TRAN-541")
        .sent("lawful", "server/discover")
        .result("{}")
        .notified("notified-foreign", "notifications/cancelled")
        .status(403, "")
        .passes(1);
    Recorded.http("TRAN-541")
        .sent("lawful", "server/discover")
        .result("{}")
        .notified("notified-foreign", "notifications/cancelled")
        .message(200, "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"m\"}}")
        .fails("A notification is refused with an error in the body of a success.");
    assertThat(
            Recorded.http("TRAN-541")
                .sent("lawful", "server/discover")
                .result("{}")
                .notified("notified-foreign", "notifications/cancelled")
                .status(202, "")
                .judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void headerNamesHaveNoCase() {
    Recorded.http("TRAN-588")
        .sent("lawful", "server/discover")
        .result("{}")
        .sent("header-case", "server/discover")
        .error(400, -32020)
        .fails("A request with the names of its headers in other case is not served.");
  }
}

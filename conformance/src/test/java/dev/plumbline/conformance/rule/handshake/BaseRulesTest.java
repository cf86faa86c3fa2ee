package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

class BaseRulesTest {
  private static Recorded ids() {
    return Recorded.http("BASE-001").initialized("{}");
  }

  @Test
  void everyKindOfIdComesBack() {
    ids()
        .sent("id-integer", "ping", "{}", "4711")
        .result("{}")
        .sent("id-string-of-digits", "ping", "{}", "\"4712\"")
        .result("{}")
        .sent("id-string", "ping", "{}", "\"Plumbline-Id-A\"")
        .result("{}")
        .passes(3);
  }

  @Test
  void anIdOfAnotherJsonTypeIsWrong() {
    ids()
        .sent("id-integer", "ping", "{}", "4711")
        .result("{}")
        .sent("id-string-of-digits", "ping", "{}", "\"4712\"")
        .message(200, "{\"jsonrpc\":\"2.0\",\"id\":4712,\"result\":{}}")
        .sent("id-string", "ping", "{}", "\"Plumbline-Id-A\"")
        .result("{}")
        .fails("The result of a request with id \"4712\" carries id 4712.");
  }

  @Test
  void anAnswerToAnEarlierRequestOnStdioIsNoWrongId() {
    Recorded.stdio("BASE-001")
        .sent("id-integer", "ping", "{}", "4711")
        .late()
        .sent("id-string-of-digits", "ping", "{}", "\"4712\"")
        .message(0, "{\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}")
        .sent("id-string", "ping", "{}", "\"Plumbline-Id-A\"")
        .result("{}")
        .isNotObserved("no answer to id-integer within 2000 ms");
  }

  @Test
  void refusedPingsShowNoIds() {
    ids()
        .sent("id-integer", "ping", "{}", "4711")
        .error(-32601)
        .sent("id-string-of-digits", "ping", "{}", "\"4712\"")
        .error(-32601)
        .sent("id-string", "ping", "{}", "\"Plumbline-Id-A\"")
        .error(-32601)
        .isNotObserved("id-integer got no result: status 200 with error -32601");
  }

  @Test
  void aWholeErrorHasCodeAndMessage() {
    error().sent("unknown-method", "x").error(-32601).passes(1);
  }

  @Test
  void anErrorWithoutMessageIsIncomplete() {
    error()
        .sent("unknown-method", "x")
        .message(200, "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":-32601}}")
        .fails("An error response is incomplete: message is not a string.");
  }

  @Test
  void aCodeThatIsAStringIsIncomplete() {
    error()
        .sent("unknown-method", "x")
        .message(200, "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":\"a\",\"message\":\"\"}}")
        .fails("An error response is incomplete: code is not an integer.");
  }

  @Test
  void aBareStatusIsNoErrorResponse() {
    error()
        .sent("unknown-method", "x")
        .status(404, "")
        .isNotObserved("the unknown method got no JSON-RPC error: status 404 with no body");
  }

  @Test
  void aLateErrorIsNotAWrongOne() {
    error()
        .sent("unknown-method", "x")
        .late()
        .isNotObserved("no answer to unknown-method within 2000 ms");
  }

  @Test
  void anErrorToEverythingProvesNothing() {
    Recorded.http("BASE-002")
        .sent("lawful", "ping")
        .error(-32600)
        .sent("unknown-method", "x")
        .error(-32601)
        .isNotObserved("the lawful request lawful was not served: status 200 with error -32600");
  }

  private static Recorded error() {
    return Recorded.http("BASE-002").initialized("{}").sent("lawful", "ping").result("{}");
  }
}

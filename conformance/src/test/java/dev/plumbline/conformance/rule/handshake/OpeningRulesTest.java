package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

class OpeningRulesTest {
  private static final String NAMELESS =
      "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"m\"}}";

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  @Test
  void anErrorNamesItsRequest() {
    lawful("BASE-004")
        .sent("error-integer", "x", "{}", "4811")
        .error(-32601)
        .sent("error-string", "x", "{}", "\"Plumbline-Error\"")
        .error(-32601)
        .passes(2);
  }

  @Test
  void anErrorWithoutIdIsWrong() {
    lawful("BASE-004")
        .sent("error-integer", "x", "{}", "4811")
        .error(-32601)
        .sent("error-string", "x", "{}", "\"Plumbline-Error\"")
        .message(200, NAMELESS)
        .fails("The error to a request with id \"Plumbline-Error\" does not carry that id.");
  }

  @Test
  void anEmptyRefusalShowsNoId() {
    lawful("BASE-004")
        .sent("error-integer", "x", "{}", "4811")
        .status(404, "")
        .isNotObserved("error-integer got no error: status 404 with no body");
  }

  @Test
  void aMissingSessionIsABadRequest() {
    lawful("TRAN-008").sent("without-session", "ping").status(400, "").passes(1);
    lawful("TRAN-008")
        .sent("without-session", "ping")
        .status(404, "")
        .fails("A request without a session id is refused with status 404, not 400.");
    lawful("TRAN-008")
        .sent("without-session", "ping")
        .result("{}")
        .isNotObserved("the server does not require its session id");
  }

  @Test
  void aForeignOriginDoesNotListen() {
    origin(403, 403).passes(2);
    origin(405, 405).passes(2);
    origin(200, 403).fails("A GET from a foreign web origin is answered with status 200, not 403.");
    lawful("TRAN-016")
        .notified("foreign-GET", "none")
        .late()
        .notified("foreign-DELETE", "none")
        .status(403, "")
        .isNotObserved("the GET of a foreign origin got no answer");
  }

  private static Recorded origin(int get, int delete) {
    return lawful("TRAN-016")
        .notified("foreign-GET", "none")
        .status(get, "")
        .notified("foreign-DELETE", "none")
        .status(delete, "");
  }

  @Test
  void theNewestVersionIsOffered() {
    offered("2025-11-25").passes(1);
    offered("2024-11-05")
        .fails("Asked for an unknown version the server offers 2024-11-05, not its newest.");
    Recorded.http("LIFE-004")
        .sent("initialize-1900-01-01", "initialize")
        .error(-32602)
        .isNotObserved("an unknown version was answered without an offer");
  }

  private static Recorded offered(String version) {
    return Recorded.http("LIFE-004")
        .sent("initialize-2024-11-05", "initialize")
        .result("{\"protocolVersion\":\"2024-11-05\"}")
        .sent("initialize-2025-11-25", "initialize")
        .result("{\"protocolVersion\":\"2025-11-25\"}")
        .sent("initialize-1900-01-01", "initialize")
        .result("{\"protocolVersion\":\"" + version + "\"}");
  }
}

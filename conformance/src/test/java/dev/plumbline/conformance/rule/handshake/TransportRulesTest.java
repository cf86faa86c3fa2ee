package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import org.junit.jupiter.api.Test;

class TransportRulesTest {
  private static Recorded lawful(String clause) {
    return Recorded.http(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  // --- PING-001 ----------------------------------------------------------------------------------

  @Test
  void anEmptyPongPasses() {
    lawful("PING-001").passes(1);
  }

  @Test
  void metadataMayRideOnAPong() {
    Recorded.http("PING-001")
        .initialized("{}")
        .sent("lawful", "ping")
        .result("{\"_meta\":{}}")
        .passes(1);
  }

  @Test
  void aPongWithContentIsWrong() {
    Recorded.http("PING-001")
        .initialized("{}")
        .sent("lawful", "ping")
        .result("{\"pong\":true}")
        .fails("The answer to ping is not empty.");
  }

  @Test
  void aServerThatDoesNotKnowPingIsWrong() {
    Recorded.http("PING-001")
        .initialized("{}")
        .sent("lawful", "ping")
        .error(-32601)
        .fails("The server does not know ping.");
  }

  @Test
  void aLatePongIsNotAWrongOne() {
    Recorded.http("PING-001")
        .initialized("{}")
        .sent("lawful", "ping")
        .late()
        .isNotObserved("no answer to lawful within 2000 ms");
  }

  // --- TRAN-001 ----------------------------------------------------------------------------------

  @Test
  void messagesOnEveryLinePass() {
    Recorded.stdio("TRAN-001")
        .sent("lawful", "ping")
        .lines("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}", "", pong(1))
        .passes(2);
  }

  @Test
  void aLogLineOnStandardOutputIsWrong() {
    Recorded.stdio("TRAN-001")
        .sent("lawful", "ping")
        .lines("[debug] ping answered", pong(1))
        .fails("Standard output carries a line that is not an MCP message.");
  }

  @Test
  void jsonThatIsNoMessageIsWrong() {
    Recorded.stdio("TRAN-001")
        .sent("lawful", "ping")
        .lines("{\"level\":30,\"msg\":\"started\"}", pong(1))
        .fails("Standard output carries a line that is not an MCP message.");
  }

  @Test
  void silenceOnStandardOutputProvesNothing() {
    Recorded.stdio("TRAN-001")
        .sent("lawful", "ping")
        .late()
        .isNotObserved("no answer to lawful within 2000 ms");
  }

  private static String pong(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
  }

  // --- TRAN-002 ----------------------------------------------------------------------------------

  @Test
  void notificationsAnswered202Pass() {
    lawful("TRAN-002").notified("cancelled", "notifications/cancelled").status(202, "").passes(2);
  }

  @Test
  void aRefusedNotificationIsAllowed() {
    lawful("TRAN-002").notified("cancelled", "notifications/cancelled").status(400, "").passes(1);
  }

  @Test
  void anotherStatusThan202IsWrong() {
    lawful("TRAN-002")
        .notified("cancelled", "notifications/cancelled")
        .status(200, "")
        .fails("An accepted notification is answered with status 200 instead of 202.");
  }

  @Test
  void aBodyIsWrong() {
    lawful("TRAN-002")
        .notified("cancelled", "notifications/cancelled")
        .status(202, "{}")
        .fails("An accepted notification is answered with a body.");
  }

  @Test
  void refusedNotificationsShowNothing() {
    Recorded.http("TRAN-002")
        .notified("initialized", "notifications/initialized")
        .status(400, "")
        .sent("lawful", "ping")
        .result("{}")
        .notified("cancelled", "notifications/cancelled")
        .status(400, "")
        .isNotObserved("the server accepted no notification");
  }

  // --- TRAN-003 ----------------------------------------------------------------------------------

  @Test
  void getMayBeRefusedWith405() {
    lawful("TRAN-003").notified("get", "none").status(405, "").passes(1);
  }

  @Test
  void getMayOpenAStreamThatStaysOpen() {
    lawful("TRAN-003")
        .notified("get", "none")
        .typed(200, "text/event-stream", "", End.TIMED_OUT)
        .passes(1);
  }

  @Test
  void getWithAnotherContentTypeIsWrong() {
    lawful("TRAN-003")
        .notified("get", "none")
        .typed(200, "application/json", "{}", End.COMPLETE)
        .fails("A GET on the endpoint is answered with neither an event stream nor status 405.");
  }

  @Test
  void getThatNeedsAuthorizationShowsNothing() {
    lawful("TRAN-003")
        .notified("get", "none")
        .status(401, "")
        .isNotObserved("get was answered with status 401");
  }

  // --- TRAN-005 ----------------------------------------------------------------------------------

  @Test
  void unsupportedVersionHeadersAreRefused() {
    lawful("TRAN-005")
        .sent("version-1900-01-01", "ping")
        .error(400, -32000)
        .sent("version-not-a-version", "ping")
        .status(400, "")
        .passes(2);
  }

  @Test
  void aServedUnsupportedVersionIsWrong() {
    lawful("TRAN-005")
        .sent("version-1900-01-01", "ping")
        .result("{}")
        .sent("version-not-a-version", "ping")
        .status(400, "")
        .fails(
            "A request with the unsupported header MCP-Protocol-Version: 1900-01-01 is not answered"
                + " with status 400.");
  }

  @Test
  void aServerThatRefusesEverythingShowsNoVersionCheck() {
    Recorded.http("TRAN-005")
        .sent("lawful", "ping")
        .status(400, "")
        .sent("version-1900-01-01", "ping")
        .status(400, "")
        .isNotObserved("the lawful request lawful was not served: status 400 with no body");
  }

  // --- TRAN-006 ----------------------------------------------------------------------------------

  @Test
  void foreignOriginsAreForbidden() {
    lawful("TRAN-006")
        .fact("revision", "2025-11-25")
        .sent("foreign-origin", "ping")
        .status(403, "")
        .sent("rebound-name", "ping")
        .status(421, "")
        .passes(2);
  }

  @Test
  void aServedForeignOriginIsWrong() {
    lawful("TRAN-006")
        .fact("revision", "2025-11-25")
        .sent("foreign-origin", "ping")
        .result("{}")
        .fails("A request from a foreign web origin is served: Origin is not validated.");
  }

  @Test
  void aServedReboundNameIsWrong() {
    lawful("TRAN-006")
        .fact("revision", "2025-11-25")
        .sent("foreign-origin", "ping")
        .status(403, "")
        .sent("rebound-name", "ping")
        .result("{}")
        .fails(
            "A web page whose name was rebound to this local address is served: neither Host nor"
                + " Origin is validated.");
  }

  @Test
  void theNewestRevisionFixesTheStatus() {
    lawful("TRAN-006")
        .fact("revision", "2025-11-25")
        .sent("foreign-origin", "ping")
        .status(400, "")
        .fails("A request from a foreign web origin is refused with status 400, not 403.");
  }

  @Test
  void olderRevisionsLeaveTheStatusOpen() {
    lawful("TRAN-006")
        .fact("revision", "2025-06-18")
        .sent("foreign-origin", "ping")
        .status(400, "")
        .passes(1);
  }

  @Test
  void aLateRefusalShowsNothing() {
    lawful("TRAN-006")
        .sent("foreign-origin", "ping")
        .late()
        .isNotObserved("no answer to foreign-origin within 2000 ms");
  }
}

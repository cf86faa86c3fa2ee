package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Streamable HTTP with its mirrored headers, and stdio, of the stateless era. */
class TransportRulesTest {
  private static Recorded lawful(String clause) {
    return lawful(clause, "\"2026-07-28\"");
  }

  private static Recorded lawful(String clause, String versions) {
    return Recorded.http(clause)
        .sent("lawful", "server/discover")
        .result("{\"supportedVersions\":[" + versions + "]}");
  }

  // --- TRAN-501 ----------------------------------------------------------------------------------

  @Test
  void anotherVersionInTheHeaderIsRefused() {
    lawful("TRAN-501")
        .sent("other-MCP-Protocol-Version", "server/discover")
        .error(400, -32020)
        .passes(1);
  }

  @Test
  void aServerOfOneRevisionMayCallTheHeadersVersionUnsupported() {
    lawful("TRAN-501")
        .sent("other-MCP-Protocol-Version", "server/discover")
        .error(400, -32022)
        .passes(1);
  }

  @Test
  void aServerOfBothRevisionsMustNameTheMismatch() {
    lawful("TRAN-501", "\"2026-07-28\",\"2025-11-25\"")
        .sent("other-MCP-Protocol-Version", "server/discover")
        .error(400, -32022)
        .fails(
            "A request whose MCP-Protocol-Version header contradicts its body is refused, but not"
                + " with status 400 and error -32020.");
  }

  @Test
  void aServedMismatchIsWrong() {
    lawful("TRAN-501")
        .sent("other-MCP-Protocol-Version", "server/discover")
        .result("{}")
        .fails("A request whose MCP-Protocol-Version header contradicts its body is served.");
  }

  @Test
  void aLateRefusalShowsNothing() {
    lawful("TRAN-501")
        .sent("other-MCP-Protocol-Version", "server/discover")
        .late()
        .isNotObserved("no answer to other-MCP-Protocol-Version within 2000 ms");
  }

  // --- TRAN-502 and TRAN-503 ---------------------------------------------------------------------

  @Test
  void aWrongOrMissingMethodHeaderIsRefused() {
    lawful("TRAN-502")
        .sent("other-Mcp-Method", "server/discover")
        .error(400, -32020)
        .sent("missing-Mcp-Method", "server/discover")
        .error(400, -32020)
        .passes(2);
  }

  @Test
  void aMissingMethodHeaderThatIsServedIsWrong() {
    lawful("TRAN-502")
        .sent("other-Mcp-Method", "server/discover")
        .error(400, -32020)
        .sent("missing-Mcp-Method", "server/discover")
        .result("{}")
        .fails("A request without its Mcp-Method header is served.");
  }

  @Test
  void refusingEverythingProvesNoHeaderCheck() {
    Recorded.http("TRAN-502")
        .sent("lawful", "server/discover")
        .error(400, -32020)
        .sent("other-Mcp-Method", "server/discover")
        .error(400, -32020)
        .sent("missing-Mcp-Method", "server/discover")
        .error(400, -32020)
        .isNotObserved("the lawful request lawful was not served: status 400 with error -32020");
  }

  @Test
  void aWrongOrMissingNameHeaderIsRefused() {
    lawful("TRAN-503")
        .sent("other-Mcp-Name", "tools/call")
        .error(400, -32020)
        .sent("missing-Mcp-Name", "tools/call")
        .error(400, -32020)
        .passes(2);
  }

  @Test
  void aWrongNameHeaderThatIsServedIsWrong() {
    lawful("TRAN-503")
        .sent("other-Mcp-Name", "tools/call")
        .result("{}")
        .sent("missing-Mcp-Name", "tools/call")
        .error(400, -32020)
        .fails("A request whose Mcp-Name header contradicts its body is served.");
  }

  @Test
  void nothingToNameNothingToMirror() {
    Recorded.http("TRAN-503").isNotApplicable("no read-only tool and no resource to name");
  }

  // --- TRAN-504 ----------------------------------------------------------------------------------

  @Test
  void anUnknownMethodIsNotFound() {
    lawful("TRAN-504").sent("unknown-method", "x").error(404, -32601).passes(1);
  }

  @Test
  void anUnknownMethodWithStatus200IsWrong() {
    lawful("TRAN-504")
        .sent("unknown-method", "x")
        .error(200, -32601)
        .fails("An unknown method is not answered with status 404 and error -32601.");
  }

  @Test
  void aNotFoundForEverythingProvesNothing() {
    Recorded.http("TRAN-504")
        .sent("lawful", "server/discover")
        .error(404, -32601)
        .sent("unknown-method", "x")
        .error(404, -32601)
        .isNotObserved("the lawful request lawful was not served: status 404 with error -32601");
  }

  // --- TRAN-505 ----------------------------------------------------------------------------------

  @Test
  void aForeignOriginIsForbidden() {
    lawful("TRAN-505")
        .fact("revision", "2026-07-28")
        .sent("foreign-origin", "server/discover")
        .status(403, "")
        .passes(1);
  }

  @Test
  void aServedForeignOriginIsWrong() {
    lawful("TRAN-505")
        .fact("revision", "2026-07-28")
        .sent("foreign-origin", "server/discover")
        .result("{}")
        .fails("A request from a foreign web origin is served: Origin is not validated.");
  }

  @Test
  void aConnectionClosedAtOnceShowsNothing() {
    Recorded.http("TRAN-505")
        .sent("lawful", "server/discover")
        .closed()
        .isNotObserved("the connection was closed before lawful was answered");
  }

  // --- TRAN-506 ----------------------------------------------------------------------------------

  @Test
  void messagesOnEveryLinePass() {
    Recorded.stdio("TRAN-506").sent("lawful", "server/discover").result("{}").passes(1);
  }

  @Test
  void aWarningOnStandardOutputIsWrong() {
    Recorded.stdio("TRAN-506")
        .sent("lawful", "server/discover")
        .result("{}")
        .sent("unknown-method", "x")
        .lines("WARN unknown method", "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601}}")
        .fails("Standard output carries a line that is not an MCP message.");
  }

  @Test
  void silenceProvesNothing() {
    Recorded.stdio("TRAN-506")
        .sent("lawful", "server/discover")
        .late()
        .isNotObserved("no answer to lawful within 2000 ms");
  }
}

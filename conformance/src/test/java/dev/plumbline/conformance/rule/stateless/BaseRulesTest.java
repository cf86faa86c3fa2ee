package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Base protocol, versioning, discovery and caching of the stateless era. */
class BaseRulesTest {
  private static final String DISCOVERED =
      "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\",\"2025-11-25\"],\"capabilities\":{},\"ttlMs\":0,\"cacheScope\":\"public\"}";

  private static final String META =
      "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}";

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "server/discover", META).result(DISCOVERED);
  }

  // --- BASE-501 ----------------------------------------------------------------------------------

  @Test
  void everyTypedResultCounts() {
    lawful("BASE-501")
        .sent("tools-list", "tools/list")
        .result("{\"resultType\":\"complete\",\"tools\":[]}")
        .sent("call", "tools/call")
        .error(-32602)
        .passes(2);
  }

  @Test
  void aResultWithoutTypeIsWrong() {
    lawful("BASE-501")
        .sent("prompts-list", "prompts/list")
        .result("{\"prompts\":[]}")
        .fails("The result of prompts/list does not state its type.");
  }

  @Test
  void errorsOnlyShowNoTypes() {
    Recorded.http("BASE-501")
        .sent("lawful", "server/discover")
        .error(400, -32602)
        .isNotObserved("the target gave no occasion");
  }

  // --- BASE-502 ----------------------------------------------------------------------------------

  @Test
  void idsComeBackAsTheyWere() {
    Recorded.stdio("BASE-502")
        .sent("id-integer", "server/discover", "{}", "4711")
        .result(DISCOVERED)
        .sent("id-string-of-digits", "server/discover", "{}", "\"4712\"")
        .result(DISCOVERED)
        .sent("id-string", "server/discover", "{}", "\"Plumbline-Id-A\"")
        .result(DISCOVERED)
        .passes(3);
  }

  @Test
  void anIdInLowerCaseIsWrong() {
    Recorded.stdio("BASE-502")
        .sent("id-integer", "server/discover", "{}", "4711")
        .result(DISCOVERED)
        .sent("id-string-of-digits", "server/discover", "{}", "\"4712\"")
        .result(DISCOVERED)
        .sent("id-string", "server/discover", "{}", "\"Plumbline-Id-A\"")
        .message(0, "{\"jsonrpc\":\"2.0\",\"id\":\"plumbline-id-a\",\"result\":{}}")
        .fails("The result of a request with id \"Plumbline-Id-A\" carries id \"plumbline-id-a\".");
  }

  @Test
  void silenceShowsNoIds() {
    Recorded.stdio("BASE-502")
        .sent("id-integer", "server/discover", "{}", "4711")
        .closed()
        .isNotObserved("the connection was closed before id-integer was answered");
  }

  // --- BASE-503 ----------------------------------------------------------------------------------

  @Test
  void missingCapabilitiesAreRefused() {
    lawful("BASE-503")
        .sent("without-client-capabilities", "server/discover")
        .error(400, -32602)
        .passes(1);
  }

  @Test
  void stdioHasNoStatus() {
    Recorded.stdio("BASE-503")
        .sent("lawful", "server/discover")
        .result(DISCOVERED)
        .sent("without-client-capabilities", "server/discover")
        .error(-32602)
        .passes(1);
  }

  @Test
  void missingCapabilitiesThatAreServedAreWrong() {
    lawful("BASE-503")
        .sent("without-client-capabilities", "server/discover")
        .result(DISCOVERED)
        .fails("A request without clientCapabilities in _meta is not refused as the page asks.");
  }

  @Test
  void aRefusalWithStatus200IsWrong() {
    lawful("BASE-503")
        .sent("without-client-capabilities", "server/discover")
        .error(200, -32602)
        .fails("A request without clientCapabilities in _meta is not refused as the page asks.");
  }

  @Test
  void refusingEverythingProvesNothing() {
    Recorded.http("BASE-503")
        .sent("lawful", "server/discover")
        .error(400, -32602)
        .sent("without-client-capabilities", "server/discover")
        .error(400, -32602)
        .isNotObserved("the lawful request lawful was not served: status 400 with error -32602");
  }

  // --- VERS-501 ----------------------------------------------------------------------------------

  @Test
  void anUnsupportedVersionIsRefusedWithTheSupportedOnes() {
    lawful("VERS-501")
        .sent("unknown-version", "server/discover")
        .error(
            400, -32022, ",\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"1900-01-01\"}")
        .passes(1);
  }

  @Test
  void aRefusalWithoutSupportedVersionsIsWrong() {
    lawful("VERS-501")
        .sent("unknown-version", "server/discover")
        .error(400, -32022, ",\"data\":{\"requested\":\"1900-01-01\"}")
        .fails(
            "An unsupported protocol version is not refused as the page asks: data.supported is not"
                + " a list of versions.");
  }

  @Test
  void servingAnUnknownVersionIsWrong() {
    lawful("VERS-501")
        .sent("unknown-version", "server/discover")
        .result(DISCOVERED)
        .fails(
            "An unsupported protocol version is not refused as the page asks: the answer is no"
                + " error -32022.");
  }

  @Test
  void aLateRefusalShowsNothing() {
    lawful("VERS-501")
        .sent("unknown-version", "server/discover")
        .late()
        .isNotObserved("no answer to unknown-version within 2000 ms");
  }

  // --- DISC-501 ----------------------------------------------------------------------------------

  @Test
  void discoveryStatesVersionsAndCapabilities() {
    lawful("DISC-501").passes(1);
  }

  @Test
  void discoveryWithoutVersionsIsWrong() {
    Recorded.http("DISC-501")
        .sent("lawful", "server/discover", META)
        .result("{\"resultType\":\"complete\",\"capabilities\":{}}")
        .fails(
            "server/discover does not answer as the page asks: supportedVersions is not a list of"
                + " versions.");
  }

  @Test
  void discoveryMustNameTheVersionItWasServedIn() {
    Recorded.http("DISC-501")
        .sent("lawful", "server/discover", META)
        .result("{\"supportedVersions\":[\"2025-11-25\"],\"capabilities\":{}}")
        .fails(
            "server/discover does not answer as the page asks: supportedVersions lacks 2026-07-28,"
                + " which the server just served.");
  }

  @Test
  void aModernServerWithoutDiscoveryIsWrong() {
    Recorded.http("DISC-501")
        .sent("lawful", "server/discover", META)
        .error(404, -32601)
        .sent("tools-list", "tools/list")
        .result("{\"tools\":[]}")
        .fails("server/discover does not answer as the page asks: the method is unknown.");
  }

  @Test
  void aServerThatRefusesAllIsNotKnownToBeModern() {
    Recorded.http("DISC-501")
        .sent("lawful", "server/discover", META)
        .error(404, -32601)
        .sent("tools-list", "tools/list")
        .error(404, -32601)
        .isNotObserved("server/discover was not served: status 404 with error -32601");
  }

  // --- CACH-501 ----------------------------------------------------------------------------------

  @Test
  void hintsOnEveryCacheableResultPass() {
    lawful("CACH-501")
        .sent("tools-list", "tools/list")
        .result("{\"tools\":[],\"ttlMs\":10,\"cacheScope\":\"private\"}")
        .passes(2);
  }

  @Test
  void aMissingScopeIsWrong() {
    lawful("CACH-501")
        .sent("resources-list", "resources/list")
        .result("{\"resources\":[],\"ttlMs\":10}")
        .fails("The result of resources/list lacks its caching hints.");
  }

  @Test
  void aNegativeTimeToLiveIsWrong() {
    lawful("CACH-501")
        .sent("tools-list", "tools/list")
        .result("{\"tools\":[],\"ttlMs\":-1,\"cacheScope\":\"private\"}")
        .fails("The result of tools/list lacks its caching hints.");
  }

  @Test
  void anInterimResultCarriesNoHints() {
    lawful("CACH-501")
        .sent("read", "resources/read")
        .result("{\"resultType\":\"input_required\"}")
        .passes(1);
  }

  @Test
  void noResultNoHints() {
    Recorded.http("CACH-501")
        .sent("lawful", "server/discover")
        .late()
        .isNotObserved("the target gave no occasion");
  }
}

package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.META;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StatelessEraTest {
  private static final String VERSION = "MCP-Protocol-Version: 2026-07-28";
  private static final String READ = "\"uri\":\"plumbline:///welcome\"";

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertRefused(Response response, int status, int code) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.errorCode()).isEqualTo(code);
  }

  @Test
  void servesWithoutASessionAndIgnoresASessionId() {
    assertThat(server.core().lifecycle().state()).isEqualTo(ServerState.LISTENING);
    Response response = server.modern("tools/list", "");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).doesNotContainKey("mcp-session-id");
    assertThat(server.core().lifecycle().state()).isEqualTo(ServerState.ACTIVE);
    Response named =
        server.post(
            modern("1", "tools/list", ""),
            VERSION,
            "Mcp-Method: tools/list",
            "Mcp-Session-Id: stale");
    assertThat(named.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "server/discover,true",
    "tools/list,true",
    "prompts/list,true",
    "resources/list,true",
    "resources/templates/list,true",
    "tools/call,false",
    "prompts/get,false"
  })
  void shapesEveryResult(String method, boolean cacheable) {
    String params =
        switch (method) {
          case "tools/call" -> "\"name\":\"about\"";
          case "prompts/get" -> "\"name\":\"greeting\"";
          default -> "";
        };
    JsonNode result = server.modern(method, params).json().path("result");
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").asString())
        .isEqualTo("test-server");
    assertThat(result.has("ttlMs")).isEqualTo(cacheable);
    assertThat(result.has("cacheScope")).isEqualTo(cacheable);
  }

  @Test
  void demandsTheMetadata() {
    String[] headers = Requests.mirrored("server/discover", "");
    assertRefused(server.post(legacy("1", "server/discover", ""), headers), 400, -32602);
    String noVersion = "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}";
    assertRefused(server.post(legacy("1", "server/discover", noVersion), headers), 400, -32602);
    String oddVersion = META.replace("\"2026-07-28\"", "7");
    assertRefused(server.post(legacy("1", "server/discover", oddVersion), headers), 400, -32602);
    String oddCapabilities = META.replace("{}}", "[]}");
    assertRefused(
        server.post(legacy("1", "server/discover", oddCapabilities), headers), 400, -32602);
  }

  @ParameterizedTest
  @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "nope"})
  void removedAndUnknownMethodsAreNotFound(String method) {
    assertRefused(server.modern(method, ""), 404, -32601);
  }

  @Test
  void demandsTheVersionHeaderAndItsAgreement() {
    String body = modern("1", "tools/list", "");
    assertRefused(server.post(body, "Mcp-Method: tools/list"), 400, -32020);
    for (String version : new String[] {"2025-11-25", "1900-01-01"}) {
      assertRefused(
          server.post(body, "MCP-Protocol-Version: " + version, "Mcp-Method: tools/list"),
          400,
          -32020);
    }
    assertRefused(server.post(body, VERSION, VERSION, "Mcp-Method: tools/list"), 400, -32020);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1900-01-01", "2025-11-25", "2099-01-01"})
  void namesTheVersionsItServes(String version) {
    Response response =
        server.post(
            legacy("1", "tools/list", META.replace("2026-07-28", version)),
            "MCP-Protocol-Version: " + version,
            "Mcp-Method: tools/list");
    assertRefused(response, 400, -32022);
    JsonNode data = response.json().at("/error/data");
    assertThat(data.path("requested").asString()).isEqualTo(version);
    assertThat(data.path("supported").path(0).asString()).isEqualTo("2026-07-28");
  }

  @ParameterizedTest
  @CsvSource({"tools/list,200", "Tools/List,400", "tools/call,400", "'',400"})
  void comparesTheMethodHeader(String header, int expected) {
    Response response =
        server.post(modern("1", "tools/list", ""), VERSION, "mcp-METHOD:  " + header + " ");
    assertThat(response.status()).isEqualTo(expected);
  }

  private Response read(String name) {
    return server.post(
        modern("1", "resources/read", READ), VERSION, "Mcp-Method: resources/read", name);
  }

  private static String sentinel(String value) {
    String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    return "Mcp-Name: =?base64?" + encoded + "?=";
  }

  @Test
  void comparesTheNameHeaderAfterDecodingIt() {
    assertThat(read("Mcp-Name: plumbline:///welcome").status()).isEqualTo(200);
    assertThat(read(sentinel("plumbline:///welcome")).status()).isEqualTo(200);
    assertRefused(read(sentinel("plumbline:///guide")), 400, -32020);
    assertRefused(read("Mcp-Name: =?base64?%%%?="), 400, -32020);
    assertRefused(read("Mcp-Name: =?BASE64?cGx1bWJsaW5lOi8vL3dlbGNvbWU=?="), 400, -32020);
    assertRefused(read("Mcp-Name: plumbline:///w\u00e9lcome"), 400, -32020);
    assertRefused(read("X-None: 1"), 400, -32020);
  }

  @Test
  void aMissingNameIsAMatterOfTheParameters() {
    assertRefused(
        server.post(modern("1", "tools/call", ""), VERSION, "Mcp-Method: tools/call"), 200, -32602);
  }

  @Test
  void neverEmitsTheOldResourceCode() {
    assertRefused(server.modern("resources/read", "\"uri\":\"x:///none\""), 200, -32602);
  }

  @Test
  void refusesResponsesAndTakesNotifications() {
    assertThat(server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", VERSION).status())
        .isEqualTo(400);
    assertThat(server.post("{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", VERSION).status())
        .isEqualTo(202);
  }

  @Test
  void hasNoGetAndNoDelete() {
    for (String method : new String[] {"GET", "DELETE"}) {
      String request = method + " /mcp HTTP/1.1\r\nHost: localhost\r\n" + VERSION + "\r\n\r\n";
      assertThat(server.raw(request).status()).isEqualTo(405);
    }
  }

  @Test
  void methodHeaderAloneDoesNotMakeARequestModern() {
    Response response = server.post(Requests.initialize("2025-11-25"), "Mcp-Method: initialize");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsKey("mcp-session-id");
  }
}

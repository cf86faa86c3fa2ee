package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandshakeEraTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private Response call(String session, String id, String method, String params) {
    return server.post(legacy(id, method, params), session);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05,2024-11-05",
    "2025-03-26,2025-03-26",
    "2025-06-18,2025-06-18",
    "2025-11-25,2025-11-25",
    "2026-07-28,2025-11-25",
    "1900-01-01,2025-11-25"
  })
  void negotiatesTheRevision(String asked, String answered) {
    Response response = server.post(initialize(asked));
    assertThat(response.json().at("/result/protocolVersion").asString()).isEqualTo(answered);
    assertThat(response.headers().get("mcp-session-id")).matches("[\\x21-\\x7e]+");
  }

  @Test
  void refusesInitializeWithoutItsParameters() {
    assertThat(server.post(legacy("1", "initialize", "")).errorCode()).isEqualTo(-32602);
    assertThat(server.core().sessions().count()).isZero();
  }

  @Test
  void refusesASecondInitializeInASession() {
    Response again = server.post(initialize("2025-11-25"), server.session());
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.errorCode()).isEqualTo(-32600);
  }

  @Test
  void aSessionTakesOnlyPingBeforeInitialized() {
    Response opened = server.post(initialize("2025-11-25"));
    String session = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    assertThat(server.core().lifecycle().state()).isEqualTo(ServerState.HANDSHAKING);
    assertThat(call(session, "1", "ping", "").status()).isEqualTo(200);
    assertThat(call(session, "2", "tools/list", "").errorCode()).isEqualTo(-32600);
    assertThat(server.post(Requests.INITIALIZED, session).status()).isEqualTo(202);
    assertThat(server.core().lifecycle().state()).isEqualTo(ServerState.ACTIVE);
    assertThat(call(session, "3", "tools/list", "").status()).isEqualTo(200);
  }

  @Test
  void requestsNeedALivingSession() {
    assertThat(server.post(legacy("1", "ping", "")).status()).isEqualTo(400);
    assertThat(call("MCP-Session-Id: nobody", "1", "ping", "").status()).isEqualTo(404);
    assertThat(call("MCP-Session-Id: a\r\nMCP-Session-Id: b", "1", "ping", "").status())
        .isEqualTo(404);
  }

  @Test
  void anIdIsUsedOnceInASession() {
    String session = server.session();
    assertThat(call(session, "1", "ping", "").errorCode()).isZero();
    assertThat(call(session, "1", "ping", "").errorCode()).isEqualTo(-32600);
    assertThat(call(session, "\"1\"", "ping", "").errorCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25,200", "2025-06-18,200", "2024-11-05,200", "1900-01-01,400", "x,400"})
  void checksTheVersionHeader(String version, int expected) {
    Response response =
        server.post(legacy("1", "ping", ""), server.session(), "MCP-Protocol-Version: " + version);
    assertThat(response.status()).isEqualTo(expected);
  }

  @Test
  void deleteEndsTheSession() {
    String session = server.session();
    String delete = "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n" + session + "\r\n\r\n";
    assertThat(server.raw(delete).status()).isEqualTo(204);
    assertThat(server.raw(delete).status()).isEqualTo(404);
    assertThat(call(session, "1", "ping", "").status()).isEqualTo(404);
    assertThat(server.core().lifecycle().state()).isEqualTo(ServerState.LISTENING);
  }

  @Test
  void notificationsAndResponsesAreAccepted() {
    String session = server.session();
    Response response = server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", session);
    assertThat(response.status()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(server.post("{\"jsonrpc\":\"2.0\",\"method\":\"what/ever\"}", session).status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/list", "resources/list", "prompts/list"})
  void walksEveryPageOfAList(String method) {
    String session = server.session();
    Set<String> seen = new HashSet<>();
    String params = "";
    int pages = 0;
    while (true) {
      JsonNode result = call(session, "\"p" + pages + "\"", method, params).json().path("result");
      pages++;
      for (JsonNode item : result.path(method.substring(0, method.indexOf('/')))) {
        assertThat(seen.add(item.path("name").asString())).isTrue();
      }
      if (!result.has("nextCursor")) {
        break;
      }
      params = "\"cursor\":" + result.get("nextCursor");
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(seen.size()).isGreaterThan(4);
  }

  @Test
  void readsTextAndBlob() {
    String session = server.session();
    JsonNode text = call(session, "1", "resources/read", "\"uri\":\"plumbline:///welcome\"").json();
    assertThat(text.at("/result/contents/0/text").asString()).isNotEmpty();
    JsonNode blob = call(session, "2", "resources/read", "\"uri\":\"plumbline:///pixel\"").json();
    assertThat(blob.at("/result/contents/0/blob").asString()).startsWith("iVBOR");
    assertThat(blob.at("/result").has("resultType")).isFalse();
  }

  @Test
  void fillsAPromptAndDemandsItsArguments() {
    String session = server.session();
    JsonNode filled =
        call(session, "1", "prompts/get", "\"name\":\"review\",\"arguments\":{\"code\":\"a+b\"}")
            .json();
    assertThat(filled.at("/result/messages/0/content/text").asString()).contains("a+b");
    assertThat(call(session, "2", "prompts/get", "\"name\":\"review\"").errorCode())
        .isEqualTo(-32602);
    assertThat(call(session, "3", "prompts/get", "\"name\":\"nope\"").errorCode())
        .isEqualTo(-32602);
    assertThat(call(session, "4", "prompts/get", "\"name\":\"greeting\"").errorCode()).isZero();
  }

  @Test
  void toolErrorsAndWrongArgumentsAreResultsWithIsError() {
    String session = server.session();
    JsonNode failed = call(session, "1", "tools/call", "\"name\":\"fail\"").json();
    assertThat(failed.at("/result/isError").asBoolean()).isTrue();
    JsonNode wrong = call(session, "2", "tools/call", "\"name\":\"echo\"").json();
    assertThat(wrong.at("/result/isError").asBoolean()).isTrue();
    assertThat(call(session, "3", "tools/call", "\"name\":\"echo\",\"arguments\":[]").errorCode())
        .isEqualTo(-32602);
    assertThat(call(session, "4", "tools/call", "").errorCode()).isEqualTo(-32602);
  }

  @Test
  void batchesBelongToOneRevision() {
    String batch = "[" + legacy("1", "ping", "") + "," + Requests.INITIALIZED + ",7]";
    Response taken = server.post(batch, server.session("2025-03-26"));
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.json().size()).isEqualTo(2);
    assertThat(server.post("[" + Requests.INITIALIZED + "]", server.session("2025-03-26")).status())
        .isEqualTo(202);
    Response refused = server.post(batch, server.session());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorCode()).isEqualTo(-32600);
  }

  @Test
  void aCancelledRequestIsNotAnswered() throws IOException {
    String session = server.session();
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          Requests.post(
              legacy("7", "tools/call", "\"name\":\"pause\",\"arguments\":{\"millis\":10000}"),
              session));
      await().until(() -> server.core().runner().permits().held() == 1);
      String cancel =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
              + "\"params\":{\"requestId\":7}}";
      assertThat(server.post(cancel, session).status()).isEqualTo(202);
      Response silence = connection.read();
      assertThat(silence.headers()).containsEntry("content-type", "text/event-stream");
      assertThat(silence.body()).isEmpty();
    }
  }
}

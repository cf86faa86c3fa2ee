package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.client.ScriptedServer.Seen;
import dev.plumbline.server.client.wire.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-07-28 basic/versioning and basic/transports/streamable-http, backward compatibility. */
class EraDetectionTest {
  private static ServerProfile connect(ScriptedServer server, EraPreference era) throws Exception {
    try (McpClient client =
        new McpClient(server.target(), ClientOptions.named("test", "1").withEra(era))) {
      return client.connect();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 422, 500})
  void takesAServerThatRefusesWithoutAModernErrorForAnOlderOne(int status) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (!seen.handshake()) {
                seen.status(status);
              }
            })) {
      assertThat(connect(server, EraPreference.AUTO).revision()).isEqualTo("2025-11-25");
      assertThat(server.heard())
          .startsWith("server/discover", "initialize", "notifications/initialized");
    }
  }

  @ParameterizedTest
  @CsvSource({"200,-32601", "200,-32602", "400,-32000", "400,-32600"})
  void takesAServerWithAnErrorOfNoEraForAnOlderOne(int status, int code) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (!seen.handshake()) {
                seen.error(status, code, "null");
              }
            })) {
      assertThat(connect(server, EraPreference.AUTO).stateless()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"400,-32020", "400,-32021", "404,-32601"})
  void staysModernWithAServerThatRefusesAsModernOnesDo(int status, int code) throws Exception {
    try (ScriptedServer server = new ScriptedServer(seen -> seen.error(status, code, "null"))) {
      assertThat(connect(server, EraPreference.AUTO).stateless()).isTrue();
      assertThat(server.heard()).containsExactly("server/discover");
    }
  }

  @Test
  void shakesHandsWithAServerThatNamesOnlyHandshakeRevisions() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (!seen.handshake()) {
                seen.error(400, -32022, "{\"supported\":[\"2025-11-25\"]}");
              }
            })) {
      assertThat(connect(server, EraPreference.AUTO).revision()).isEqualTo("2025-11-25");
    }
  }

  @Test
  void doesNotShakeHandsWithAServerThatNamesOnlyUnknownRevisions() {
    try (ScriptedServer server =
        new ScriptedServer(seen -> seen.error(400, -32022, "{\"supported\":[\"2031-01-01\"]}"))) {
      assertThatThrownBy(() -> connect(server, EraPreference.AUTO))
          .isInstanceOf(NoCommonRevisionException.class)
          .hasMessageContaining("2031-01-01");
      assertThat(server.heard()).doesNotContain("initialize");
    }
  }

  @Test
  void doesNotFallBackWhenOnlyTheStatelessEraIsWanted() {
    try (ScriptedServer server = new ScriptedServer(seen -> seen.status(400))) {
      assertThatThrownBy(() -> connect(server, EraPreference.STATELESS))
          .isInstanceOf(NoCommonRevisionException.class);
      assertThat(server.heard()).containsExactly("server/discover");
    }
  }

  @Test
  void doesNotTakeMissingAuthorizationForAnEra() {
    try (ScriptedServer server = new ScriptedServer(seen -> seen.status(401))) {
      assertThatThrownBy(() -> connect(server, EraPreference.AUTO))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("401");
      assertThat(server.heard()).containsExactly("server/discover");
    }
  }

  @Test
  void leavesAServerThatAnswersInitializeWithAnUnknownRevision() {
    try (ScriptedServer server =
        new ScriptedServer(
            seen ->
                seen.result(
                    "\"protocolVersion\":\"1999-01-01\",\"capabilities\":{},\"serverInfo\":{}"))) {
      assertThatThrownBy(() -> connect(server, EraPreference.HANDSHAKE))
          .isInstanceOf(NoCommonRevisionException.class);
      assertThat(server.heard()).doesNotContain("notifications/initialized");
    }
  }

  @Test
  void goesBackToTheTransportOfTheFirstRevision() throws Exception {
    CompletableFuture<OutputStream> stream = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (seen.verb().equals("GET")) {
                stream.complete(seen.stream());
                seen.event(stream.join(), "event: endpoint\ndata: /messages?session=7\n\n");
              } else if (!seen.exchange().getRequestURI().getPath().equals("/messages")) {
                seen.status(405);
              } else {
                seen.status(202);
                answer(seen, stream.join());
              }
            })) {
      try (McpClient client = new McpClient(server.target(), ClientOptions.named("test", "1"))) {
        assertThat(client.connect().revision()).isEqualTo("2024-11-05");
        assertThat(client.listTools()).hasSize(1);
      }
      assertThat(server.heard())
          .containsExactly(
              "server/discover",
              "initialize",
              "GET",
              "initialize",
              "notifications/initialized",
              "tools/list");
    }
  }

  private static void answer(Seen seen, OutputStream stream) throws IOException {
    switch (seen.method()) {
      case "initialize" ->
          seen.event(
              stream,
              "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
                  + "\"serverInfo\":{\"name\":\"first\",\"version\":\"1\"}}}\n\n");
      case "tools/list" ->
          seen.event(
              stream,
              "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"tools\":[{\"name\":\"one\"}]}}\n\n");
      default -> {}
    }
  }

  @Test
  void sendsNothingToAnEndpointOnAnotherOrigin() {
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (seen.verb().equals("GET")) {
                seen.event(seen.stream(), "event: endpoint\ndata: http://127.0.0.1:9/steal\n\n");
              } else {
                seen.status(405);
              }
            })) {
      assertThatThrownBy(() -> connect(server, EraPreference.AUTO))
          .satisfies(
              refused ->
                  assertThat(refused.getSuppressed()[0]).hasMessageContaining("another origin"));
    }
  }
}

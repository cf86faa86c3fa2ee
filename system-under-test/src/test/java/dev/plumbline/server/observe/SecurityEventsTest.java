package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.mutant.Issuer;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawWebSocket;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who tried what, from the wire to the trail. */
class SecurityEventsTest {
  private static final String LAWFUL = Requests.post(Requests.initialize("2025-11-25"));

  private TestServer server = TestServer.onEveryWire();

  @AfterEach
  void stop() {
    server.close();
  }

  private SecurityTrail trail() {
    return server.core().context().telemetry().security();
  }

  /** The one event there is. */
  private Map<String, String> only(SecurityEventType type) {
    await().until(() -> !trail().recent().isEmpty());
    List<SecurityEvent> all = trail().recent();
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().type()).isEqualTo(type);
    assertThat(all.getFirst().blocked()).isTrue();
    return all.getFirst().details();
  }

  private void asks(String host, String... lines) {
    String more = lines.length == 0 ? "" : "\r\n" + String.join("\r\n", lines);
    server.raw(LAWFUL.replace("Host: 127.0.0.1", host + more));
  }

  @Test
  void aForeignHost() {
    asks("Host: evil.example");
    assertThat(only(SecurityEventType.FOREIGN_HOST))
        .isEqualTo(Map.of("wire", "http", "status", "403", "peer", "127.0.0.1"));
  }

  @Test
  void aForeignOrigin() {
    asks("Host: 127.0.0.1", "Origin: https://evil.example");
    assertThat(only(SecurityEventType.FOREIGN_ORIGIN)).containsEntry("status", "403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Content-Length: 1",
        "X: a\r\n b",
        "X: a\rY: b",
        "X : a",
        "Host: 127.0.0.1"
      })
  void framingThatSmugglesARequest(String line) {
    asks("Host: 127.0.0.1", line);
    assertThat(only(SecurityEventType.MALFORMED))
        .containsEntry("wire", "http")
        .containsEntry("status", "400");
  }

  @Test
  void aTargetBeyondItsCap() {
    server.raw(LAWFUL.replace("/mcp", "/mcp?" + "x".repeat(Limits.MAX_URI_BYTES)));
    assertThat(only(SecurityEventType.OVERSIZED)).containsEntry("status", "414");
  }

  @Test
  void aValueBeyondItsCap() {
    asks("Host: 127.0.0.1", "X: " + "v".repeat(Limits.MAX_HEADER_VALUE_BYTES + 1));
    assertThat(only(SecurityEventType.OVERSIZED)).containsEntry("status", "431");
  }

  @Test
  void aBodyBeyondItsCap() {
    server.raw(LAWFUL.replaceAll("Content-Length: \\d+", "Content-Length: 10485761"));
    assertThat(only(SecurityEventType.OVERSIZED)).containsEntry("status", "413");
  }

  @Test
  void aRequestOfHttpOnTheTcpPort() throws IOException {
    try (RawConnection connection = new RawConnection(server.tcpPort())) {
      connection.send(LAWFUL);
      assertThat(only(SecurityEventType.MALFORMED)).containsEntry("wire", "tcp");
    }
  }

  @Test
  void aFrameThatIsNotMaskedAndOneThatIsTooLarge() throws IOException {
    for (byte[] frame : new byte[][] {{(byte) 0x81, 1}, {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 1}}) {
      server.close();
      server = TestServer.onEveryWire();
      try (RawConnection connection = new RawConnection(server.port())) {
        connection.send(RawWebSocket.opening()).read();
        connection.send(frame);
        if (frame.length > 2) {
          connection.send(new byte[8]);
        }
        boolean masked = frame.length > 2;
        assertThat(only(masked ? SecurityEventType.OVERSIZED : SecurityEventType.MALFORMED))
            .containsEntry("wire", "websocket");
      }
    }
  }

  @Test
  void framesOfHttp2ThatAreNone() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "x".repeat(100));
      await().until(() -> trail().count(SecurityEventType.MALFORMED) > 0);
    }
    assertThat(trail().recent().getFirst().details()).containsEntry("wire", "http2");
  }

  @Test
  void mistakesAreNone() {
    server.raw(LAWFUL.replace("/mcp", "/other"));
    server.raw(LAWFUL.replace("Content-Type: application/json", "Content-Type: text/plain"));
    server.raw(LAWFUL.replace("Accept: ", "Accept: text/html\r\nX: "));
    server.post("{nonsense");
    server.post(Requests.legacy("1", "no/such", ""));
    server.raw(LAWFUL);
    server.controlClient().ask("GET", "/livez", "", "Host: localhost");
    server.controlClient().get("/no/such/path");
    assertThat(trail().recent()).isEmpty();
  }

  @Test
  void strangersAtTheControlPort() {
    ControlClient client = server.controlClient();
    client.ask("GET", "/sections", "", "Host: localhost");
    assertThat(only(SecurityEventType.TOKEN_MISSING))
        .isEqualTo(Map.of("wire", "control", "peer", "127.0.0.1"));
    client.ask("GET", "/livez", "", "Host: evil.example");
    client.ask("GET", "/livez", "", "Host: localhost", "Origin: http://evil.example");
    client.ask("GET", "/livez", "", "X: y");
    client.ask("GET", "/livez", "", "Host: localhost", "X: " + "y".repeat(9_000));
    assertThat(trail().recent())
        .extracting(SecurityEvent::type)
        .containsExactly(
            SecurityEventType.TOKEN_MISSING,
            SecurityEventType.FOREIGN_HOST,
            SecurityEventType.FOREIGN_ORIGIN,
            SecurityEventType.MALFORMED,
            SecurityEventType.OVERSIZED);
  }

  @Test
  void whoKeepsTryingTokensAtTheControlPort() {
    String guess = "Authorization: Bearer a-guess-of-somebody-else";
    for (int i = 1; i <= 5; i++) {
      assertThat(trail().count(SecurityEventType.TOKEN_GUESSED)).isZero();
      server.controlClient().ask("GET", "/events", "", "Host: localhost", guess);
      assertThat(trail().count(SecurityEventType.TOKEN_REFUSED)).isEqualTo(i);
    }
    assertThat(trail().count(SecurityEventType.TOKEN_GUESSED)).isEqualTo(1);
    assertThat(server.core().context().telemetry().events().recent(10))
        .anySatisfy(
            notice -> {
              assertThat(notice.subject()).isEqualTo("token_guessed");
              assertThat(notice.severity()).isEqualTo(Severity.WARNING);
            });
  }

  @Test
  void whoBringsNoTokenABadOneOrOneThatAllowsTooLittle() throws IOException {
    server.close();
    Issuer issuer = new Issuer();
    server =
        new TestServer(
            ServerContext.of(ServerConfig.standard().withAuthorization(issuer.settings())));
    String audience = server.http().endpoint().toString();
    modern("server/discover");
    modern("server/discover", "Authorization: Bearer not.a.token");
    modern("server/discover", "Authorization: Basic YTpi");
    String none = issuer.token("one", audience, "other");
    modern("server/discover", "Authorization: Bearer " + none);
    String little = issuer.token("one", audience, Issuer.USE);
    modern("tools/list", "Authorization: Bearer " + little);
    modern("server/discover", "Authorization: Bearer " + little);
    assertThat(trail().recent())
        .extracting(SecurityEvent::type)
        .containsExactly(
            SecurityEventType.TOKEN_MISSING,
            SecurityEventType.TOKEN_REFUSED,
            SecurityEventType.TOKEN_REFUSED,
            SecurityEventType.SCOPE_INSUFFICIENT,
            SecurityEventType.SCOPE_INSUFFICIENT);
    assertThat(trail().toJson().toString()).doesNotContain(little, none, "not.a.token", "YTpi");
  }

  private void modern(String method, String... more) {
    String[] lines = Requests.mirrored(method, "");
    server.post(
        Requests.modern("1", method, ""),
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(lines), java.util.Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void theControlPortShowsThemAndCountsThem() {
    asks("Host: evil.example");
    JsonNode section = server.controlClient().get("/security").json();
    assertThat(section.propertyNames())
        .containsExactly("kept", "capacity", "displaced", "by_type", "recent");
    assertThat(section.at("/recent/0/event_type").asString()).isEqualTo("foreign_host");
    assertThat(section.at("/by_type/foreign_host/count").asInt()).isEqualTo(1);
    assertThat(section.toString()).doesNotContain("evil.example");
    assertThat(server.controlClient().get("/metrics").body())
        .contains(
            "plumbline_security_events_total{blocked=\"true\",event_type=\"foreign_host\"} 1.0");
    assertThat(server.controlClient().get("/notices").body())
        .contains("\"source\":\"security\"", "\"subject\":\"foreign_host\"");
  }
}

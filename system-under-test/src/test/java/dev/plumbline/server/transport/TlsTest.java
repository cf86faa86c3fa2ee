package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.SecurityTrail;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.support.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every wire of the HTTP listener behind TLS, with a client that trusts its certificate alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  private TlsIdentity identity;
  private TestServer server;
  private SSLContext trust;

  @BeforeAll
  void start() throws IOException, GeneralSecurityException {
    identity = TlsIdentity.ephemeral();
    server =
        new TestServer(
            UnaryOperator.identity(),
            8,
            new Network.Listeners(
                0, HttpSetup.PLAIN.withTls(identity).withWebSocket(true), OptionalInt.empty()));
    trust = Trust.in(identity.pem());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(trust).version(version).build();
  }

  private HttpRequest.Builder post(HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(server.http().endpoint())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(body);
  }

  private HttpRequest modern() {
    return post(HttpRequest.BodyPublishers.ofString(Requests.modern("1", "tools/list", "")))
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/list")
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void servesBothErasOverTheVersionThatWasAgreed(HttpClient.Version version) throws Exception {
    try (HttpClient client = client(version)) {
      HttpResponse<String> answer = client.send(modern(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.statusCode()).isEqualTo(200);
      HttpRequest initialize =
          post(HttpRequest.BodyPublishers.ofString(Requests.initialize("2025-11-25"))).build();
      answer = client.send(initialize, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("mcp-session-id")).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void theRefusalOfABodyBeyondTheCapAlwaysArrives(HttpClient.Version version) throws Exception {
    byte[] large = new byte[10_485_761];
    try (HttpClient client = client(version)) {
      for (int i = 0; i < 5; i++) {
        HttpRequest request = post(HttpRequest.BodyPublishers.ofByteArray(large)).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(413);
      }
      assertThat(client.send(modern(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void carriesAWebSocket() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
              heard.complete(text.toString());
            }
            return WebSocket.Listener.super.onText(socket, data, last);
          }
        };
    try (HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
      URI address = server.http().webSocket().orElseThrow();
      assertThat(address.getScheme()).isEqualTo("wss");
      WebSocket socket =
          client.newWebSocketBuilder().buildAsync(address, listener).get(20, TimeUnit.SECONDS);
      socket.sendText(Requests.modern("1", "tools/list", ""), true).get(20, TimeUnit.SECONDS);
      assertThat(heard.get(20, TimeUnit.SECONDS)).contains("\"result\"");
      socket.abort();
    }
  }

  @Test
  void isNotTrustedByAClientThatDoesNotKnowIt() throws Exception {
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> stranger.send(modern(), HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void refusesTls11() throws IOException {
    // A ClientHello of TLS 1.1: version, random, no session, one suite, no compression.
    String hello = "0302" + "00".repeat(32) + "00" + "0002c009" + "0100";
    String body = "01" + "%06x".formatted(hello.length() / 2) + hello;
    String frame = "160301" + "%04x".formatted(body.length() / 2) + body;
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(HexFormat.of().parseHex(frame));
      byte[] alert = connection.bytes(7);
      assertThat(alert[0]).isEqualTo((byte) ALERT);
      assertThat(alert[6]).isEqualTo((byte) PROTOCOL_VERSION);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatSpeaksPlainText() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(Requests.post(Requests.initialize("2025-11-25")));
      byte[] answer = connection.bytes(1_000);
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/");
    }
  }

  @Test
  void aHandshakeThatFailsIsWrittenDown() throws IOException {
    SecurityTrail trail = server.core().context().telemetry().security();
    long before = trail.count(SecurityEventType.TLS_FAILED);
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("no handshake at all\r\n\r\n");
      await().until(() -> trail.count(SecurityEventType.TLS_FAILED) > before);
    }
    assertThat(trail.recent())
        .filteredOn(event -> event.type() == SecurityEventType.TLS_FAILED)
        .last()
        .satisfies(
            event -> {
              assertThat(event.blocked()).isTrue();
              assertThat(event.details()).containsEntry("wire", "tls");
            });
  }

  @Test
  void aCertificateMadeForThisStartVouchesForTheNamesItWasAskedFor() throws Exception {
    TlsIdentity named = TlsIdentity.ephemeral(List.of("ip:192.0.2.7", "dns:mcp.example"));
    assertThat(((X509Certificate) named.certificate()).getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .contains("192.0.2.7", "mcp.example", "localhost", "127.0.0.1");
  }
}

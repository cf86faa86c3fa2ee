package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.server.config.SecuritySettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.control.port.Token;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.mutant.Issuer;
import dev.plumbline.server.observe.SecurityEvent;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.Trust;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server on every address of its machine, reached by the one of loopback. */
class BeyondLoopbackTest {
  private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
  private static final String SECRET = "a-token-of-the-operator";

  private static HttpServer named;

  @BeforeAll
  static void start() throws IOException {
    named = server(optedOut("mcp.example"), HttpSetup.PLAIN, noTcp());
  }

  @AfterAll
  static void stop() {
    named.close();
  }

  private static ServerCore core(ServerConfig config) {
    return new ServerCore(
        DemoCatalog.server(new ServerCard("test", "Test", "1", "For tests.")),
        ServerContext.of(config),
        UnaryOperator.identity());
  }

  private static HttpServer server(ServerConfig config, HttpSetup setup, OptionalInt tcp)
      throws IOException {
    ServerCore core = core(config);
    try {
      return new HttpServer(
          core, new Network.Listeners(0, setup, tcp).at(ANY), ControlSetup.onLoopback(0));
    } catch (IOException e) {
      core.close();
      throw e;
    }
  }

  private static ServerConfig optedOut(String names) {
    return ServerConfig.standard().withSecurity(new SecuritySettings(false, false, true, names));
  }

  private static ServerConfig protectedBy(Issuer issuer) {
    return ServerConfig.standard().withAuthorization(issuer.settings());
  }

  @Test
  void isRefusedWithoutTlsAndWithoutAuthorizationWhoeverStartsIt() {
    assertThatThrownBy(() -> server(ServerConfig.standard(), HttpSetup.PLAIN, OptionalInt.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("--host 0.0.0.0 lets other machines in without TLS");
  }

  @Test
  void listensBehindTlsToWhoeverBringsAToken() throws Exception {
    Issuer issuer = new Issuer();
    TlsIdentity identity = TlsIdentity.ephemeral();
    ServerConfig config = protectedBy(issuer);
    assertThatThrownBy(
            () -> server(ServerConfig.standard(), HttpSetup.PLAIN.withTls(identity), noTcp()))
        .hasMessageContaining("without asking who they are");
    try (HttpServer server = server(config, HttpSetup.PLAIN.withTls(identity), noTcp());
        HttpClient client = HttpClient.newBuilder().sslContext(Trust.in(identity.pem())).build()) {
      assertThat(server.endpoint().getScheme()).isEqualTo("https");
      HttpRequest.Builder request = initialize(server.endpoint());
      assertThat(status(client, request.build())).isEqualTo(401);
      String token = issuer.token("one", server.endpoint().toString(), Issuer.ALL);
      assertThat(status(client, request.header("Authorization", "Bearer " + token).build()))
          .isEqualTo(200);
    }
  }

  private static OptionalInt noTcp() {
    return OptionalInt.empty();
  }

  private static HttpRequest.Builder initialize(URI endpoint) {
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(Requests.initialize("2025-11-25")));
  }

  private static int status(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theOtherLoopbackAddressNeedsNothingEither() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(canBind(loopback), "this machine has no IPv6");
    Network.Listeners listeners = new Network.Listeners(0, HttpSetup.PLAIN, noTcp()).at(loopback);
    ServerCore core = core(ServerConfig.standard());
    try (HttpServer server = new HttpServer(core, listeners, ControlSetup.onLoopback(0));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(server.endpoint().toString()).matches("http://\\[::1]:\\d+/mcp");
      assertThat(status(client, initialize(server.endpoint()).build())).isEqualTo(200);
    }
  }

  private static boolean canBind(InetAddress address) {
    try (ServerSocket _ = new ServerSocket(0, 1, address)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void tellsEverywhereThatItsGuardIsDown() throws Exception {
    ServerCore core = core(optedOut(SecuritySettings.NONE));
    Telemetry telemetry = core.context().telemetry();
    try (HttpServer server =
        new HttpServer(
            core,
            new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.of(0)).at(ANY),
            ControlSetup.onLoopback(0))) {
      assertThat(telemetry.security().recent())
          .extracting(SecurityEvent::type, SecurityEvent::blocked)
          .containsOnly(Tuple.tuple(SecurityEventType.OPTED_OUT, false));
      assertThat(telemetry.security().recent())
          .extracting(event -> event.details().get("setting"))
          .containsExactly("security.requireTls", "security.requireAuthentication");
      assertThat(
              telemetry
                  .introspection()
                  .read("health-check")
                  .orElseThrow()
                  .at("/checks/security")
                  .asString())
          .isEqualTo("degraded");
      assertThat(new ControlClient(server.control().getPort(), SECRET).get("/readyz").status())
          .isEqualTo(200);
      assertThat(telemetry.events().recent(10))
          .anySatisfy(notice -> assertThat(notice.source()).isEqualTo("security"));
      try (RawConnection tcp = new RawConnection(server.tcp().orElseThrow().getPort())) {
        tcp.send(Requests.initialize("2025-11-25") + "\n");
        assertThat(tcp.line()).contains("\"result\"");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9,                , 200",
    "192.0.2.9:8931,           , 200",
    "[2001:db8::9]:8931,       , 200",
    "mcp.example,              , 200",
    "MCP.example:443,          , 200",
    "127.0.0.1,                , 200",
    "other.example,            , 403",
    "mcp.example.other.example,, 403",
    "user@mcp.example,         , 403",
    "mcp.example/path,         , 403",
    "mcp.example,      https://mcp.example,        200",
    "mcp.example:8931, http://mcp.example:8931,    200",
    "mcp.example,      http://localhost:3000,      200",
    "mcp.example,      https://mcp.example:444,    403",
    "mcp.example,      https://other.example,      403",
    "mcp.example,      https://mcp.example/path,   403",
    "mcp.example,      ftp://mcp.example,          403",
    "192.0.2.9,        http://192.0.2.10,          403",
    "192.0.2.9,        null,                       403",
  })
  void answersToItsAddressesAndItsNamesAndToPagesOfItsOwn(String host, String origin, int status)
      throws Exception {
    try (RawConnection connection = new RawConnection(named.endpoint().getPort())) {
      String[] lines =
          origin == null
              ? new String[] {"Host: " + host}
              : new String[] {"Host: " + host, "Origin: " + origin};
      connection.send(Requests.post(Requests.initialize("2025-11-25"), lines));
      assertThat(connection.read().status()).isEqualTo(status);
    }
  }

  @Test
  void theControlPortSpeaksTlsThere() throws Exception {
    TlsIdentity identity = TlsIdentity.ephemeral();
    ServerCore core = core(ServerConfig.standard());
    ControlSetup plain = new ControlSetup(ANY, 0, Token.given(SECRET), false);
    Network.Listeners listeners = new Network.Listeners(0, HttpSetup.PLAIN, noTcp());
    assertThatThrownBy(() -> new HttpServer(core, listeners, plain))
        .hasMessageStartingWith("--control-host 0.0.0.0 lets other machines in without TLS");
    try (HttpServer server = new HttpServer(core, listeners, plain.withTls(identity.http1()));
        HttpClient client = HttpClient.newBuilder().sslContext(Trust.in(identity.pem())).build()) {
      URI sections = server.control().resolve("/sections");
      assertThat(sections.getScheme()).isEqualTo("https");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(sections).header("Authorization", "Bearer " + SECRET);
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"security\"");
      try (RawConnection raw = new RawConnection(sections.getPort())) {
        raw.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(new String(raw.bytes(1_000), StandardCharsets.ISO_8859_1))
            .doesNotContain("HTTP/");
      }
    }
  }
}

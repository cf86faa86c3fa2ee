package dev.plumbline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.config.AuthorizationSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.mutant.Issuer;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.RawWebSocket;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectionTest {
  private static final String FULL = Issuer.USE + " " + Issuer.CALL;

  private Issuer issuer;
  private TestServer server;
  private String audience;

  @BeforeAll
  void start() throws IOException {
    issuer = new Issuer();
    server = new TestServer(core(issuer.settings()), listeners(OptionalInt.empty()));
    audience = server.http().endpoint().toString();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static ServerCore core(AuthorizationSettings settings) {
    return new ServerCore(
        DemoCatalog.server(new ServerCard("test", "Test", "1", "For tests.")),
        ServerContext.of(ServerConfig.standard().withAuthorization(settings)),
        UnaryOperator.identity());
  }

  private static Network.Listeners listeners(OptionalInt tcp) {
    return new Network.Listeners(0, HttpSetup.PLAIN.withWebSocket(true), tcp);
  }

  private Response modern(String method, String params, String... lines) {
    List<String> all = new ArrayList<>(Arrays.asList(Requests.mirrored(method, params)));
    all.addAll(Arrays.asList(lines));
    return server.post(Requests.modern("1", method, params), all.toArray(String[]::new));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private String full() {
    return bearer(issuer.token("one", audience, FULL));
  }

  private Response with(Map<String, Object> claims) {
    return modern("server/discover", "", bearer(issuer.token(claims)));
  }

  private static String challenge(Response response) {
    return response.headers().getOrDefault("www-authenticate", "");
  }

  @Test
  void servesWhoBringsTheirToken() {
    assertThat(modern("server/discover", "", full()).status()).isEqualTo(200);
    assertThat(modern("tools/list", "", full()).json().path("result").path("tools").isArray())
        .isTrue();
    assertThat(modern("server/discover", "", full().replace("Bearer", "bearer")).status())
        .isEqualTo(200);
  }

  @Test
  void tellsWhoBringsNoneWhereToGetOne() {
    Response refused = modern("server/discover", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(challenge(refused))
        .startsWith("Bearer scope=\"mcp:use\"")
        .doesNotContain("error")
        .contains("resource_metadata=\"" + audience.replace("/mcp", "") + "/.well-known/");
    assertThat(refused.json().has("result")).isFalse();
  }

  @Test
  void asksBeforeAnythingElseOfTheRequestIsLookedAt() {
    assertThat(server.post("{nonsense").status()).isEqualTo(401);
    assertThat(server.post("{nonsense", full()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/mcp"})
  void publishesItsMetadataToEverybody(String where) {
    String path = "/.well-known/oauth-protected-resource" + where;
    Response document = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.headers().get("content-type")).isEqualTo("application/json");
    JsonNode json = document.json();
    assertThat(json.path("resource").asString()).isEqualTo(audience);
    assertThat(json.path("authorization_servers").toString())
        .isEqualTo("[\"" + Issuer.NAME + "\"]");
    assertThat(json.path("scopes_supported").toString()).isEqualTo("[\"mcp:call\",\"mcp:use\"]");
    assertThat(server.raw("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status())
        .isEqualTo(405);
  }

  @Test
  void hidesEveryOtherPathAsBefore() {
    String path = "/.well-known/oauth-protected-resource/other";
    assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status())
        .isEqualTo(404);
  }

  @Test
  void takesNoTokenThatIsNotForHereAndNow() {
    long now = Instant.now().getEpochSecond();
    assertThat(with(changed("aud", "http://127.0.0.1:1/mcp")).status()).isEqualTo(401);
    assertThat(with(changed("aud", List.of("x", audience))).status()).isEqualTo(200);
    assertThat(with(changed("iss", Issuer.NAME + "/")).status()).isEqualTo(401);
    assertThat(with(changed("exp", now - 60)).status()).isEqualTo(401);
    assertThat(with(changed("exp", "later")).status()).isEqualTo(401);
    assertThat(with(changed("nbf", now + 600)).status()).isEqualTo(401);
    assertThat(with(changed("nbf", now - 600)).status()).isEqualTo(200);
    assertThat(with(changed("sub", "")).status()).isEqualTo(401);
    assertThat(with(without("exp")).status()).isEqualTo(401);
    assertThat(with(without("aud")).status()).isEqualTo(401);
  }

  private Map<String, Object> changed(String claim, Object value) {
    Map<String, Object> claims = Issuer.claims("one", audience, FULL);
    claims.put(claim, value);
    return claims;
  }

  private Map<String, Object> without(String claim) {
    Map<String, Object> claims = Issuer.claims("one", audience, FULL);
    claims.remove(claim);
    return claims;
  }

  @Test
  void takesNothingThatTheIssuerDidNotSign() throws IOException {
    String token = issuer.token("one", audience, FULL);
    int middle = token.lastIndexOf('.') + 20;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    String flipped = token.substring(0, middle) + other + token.substring(middle + 1);
    String none = part("{\"alg\":\"none\"}") + "." + token.split("\\.", -1)[1] + ".";
    String foreign = new Issuer().token("one", audience, FULL);
    String padded = token + "=";
    for (String bad : List.of(flipped, none, foreign, padded, "random", token + ".x")) {
      Response refused = modern("server/discover", "", bearer(bad));
      assertThat(refused.status()).as(bad).isEqualTo(401);
      assertThat(challenge(refused)).startsWith("Bearer error=\"invalid_token\"");
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer \u00e9"})
  void refusesAMalformedField(String value) {
    Response refused = modern("server/discover", "", "Authorization: " + value);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(challenge(refused)).startsWith("Bearer error=\"invalid_request\"");
  }

  @Test
  void refusesTwoFieldsAndTokensElsewhere() {
    assertThat(modern("server/discover", "", full(), full()).status()).isEqualTo(400);
    assertThat(modern("server/discover", "", "Authorization: Basic YTpi").status()).isEqualTo(401);
    String token = issuer.token("one", audience, FULL);
    String body = Requests.modern("1", "server/discover", "");
    String query = Requests.post(body, Requests.mirrored("server/discover", ""));
    assertThat(server.raw(query.replace("/mcp", "/mcp?access_token=" + token)).status())
        .isEqualTo(401);
  }

  @Test
  void namesEverythingThatAMethodNeeds() {
    Response refused = modern("tools/list", "", bearer(issuer.token("one", audience, Issuer.USE)));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(challenge(refused))
        .startsWith("Bearer error=\"insufficient_scope\", scope=\"mcp:call mcp:use\"")
        .contains("resource_metadata=");
    Response more = modern("tools/list", "", bearer(issuer.token("one", audience, FULL)));
    assertThat(more.status()).isEqualTo(200);
  }

  @Test
  void understandsThatABroaderScopeIncludesTheOthers() {
    assertThat(modern("tools/list", "", bearer(issuer.token("one", audience, "mcp"))).status())
        .isEqualTo(200);
    assertThat(modern("tools/list", "", bearer(issuer.token("one", audience, "mc"))).status())
        .isEqualTo(403);
  }

  @Test
  void asksOnEveryRequestOfAConnection() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      String body = Requests.modern("1", "server/discover", "");
      String[] lines = Requests.mirrored("server/discover", "");
      String[] proven = {lines[0], lines[1], full()};
      assertThat(connection.send(Requests.post(body, proven)).read().status()).isEqualTo(200);
      assertThat(connection.send(Requests.post(body, lines)).read().status()).isEqualTo(401);
      assertThat(connection.send(Requests.post(body, proven)).read().status()).isEqualTo(200);
    }
  }

  @Test
  void asksInsideASessionThatBelongsToWhoOpenedIt() {
    Response opened = server.post(Requests.initialize("2025-11-25"), full());
    String session = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    String ping = Requests.legacy("2", "ping", "");
    server.post(Requests.INITIALIZED, full(), session);
    assertThat(server.post(ping, full(), session).body()).contains("result");
    assertThat(server.post(ping, session).status()).isEqualTo(401);
    String again = bearer(issuer.token(changed("jti", "another token of the same user")));
    assertThat(server.post(Requests.legacy("3", "ping", ""), again, session).status())
        .isEqualTo(200);
    String other = bearer(issuer.token("two", audience, FULL));
    assertThat(server.post(ping, other, session).status()).isEqualTo(404);
    String bare = session.substring(0, session.indexOf('.'));
    assertThat(server.post(ping, full(), bare).status()).isEqualTo(404);
    assertThat(server.post(ping, full(), session + "x").status()).isEqualTo(404);
  }

  @Test
  void asksWhoOpensAWebSocket() throws IOException {
    try (RawWebSocket closed = new RawWebSocket(server.port())) {
      assertThat(closed.opened().status()).isEqualTo(401);
    }
    try (RawWebSocket open = new RawWebSocket(server.port(), full())) {
      assertThat(open.opened().status()).isEqualTo(101);
    }
  }

  @Test
  void leavesStdioAlone() {
    try (ServerCore core = core(issuer.settings())) {
      Inbound in =
          new Inbound(Wire.DUPLEX, HeaderView.NONE, new Peer(), EventSink.NONE, Lease.UNBOUNDED);
      byte[] request = Requests.modern("1", "server/discover", "").getBytes(StandardCharsets.UTF_8);
      assertThat(core.endpoint().answer(in, core.endpoint().decode(request)).failure()).isEmpty();
    }
  }

  @Test
  void doesNotListenWhereNoTokenCanCome() throws IOException {
    try (ServerCore core = core(issuer.settings())) {
      assertThatThrownBy(() -> new TestServer(core, listeners(OptionalInt.of(0))))
          .hasMessageContaining("TCP");
    }
  }
}

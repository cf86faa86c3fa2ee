package dev.plumbline.server.transport;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.KillPoints;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.HandlerFault;
import dev.plumbline.server.domain.UnknownDomainException;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class TransportDomainsTest {
  private static final String PAUSE = "\"name\":\"pause\",\"arguments\":{\"millis\":9000}";
  private static final String PING = legacy("\"p\"", "ping", "");

  private final TestServer server = TestServer.onEveryWire();
  private final KillPoints points = server.core().killPoints();

  @AfterEach
  void stop() {
    points.calm();
    server.close();
  }

  private FailureDomain domain(String name) {
    return server.core().domains().find(name).orElseThrow();
  }

  private void awaitRunning(String name) {
    await().until(domain(name)::runs);
  }

  private int restarts(String name) {
    return server
        .core()
        .context()
        .telemetry()
        .introspection()
        .readItem("domains", name)
        .orElseThrow()
        .path("restart_count")
        .asInt();
  }

  private void awaitRestarts(String name, int count) {
    await().until(() -> restarts(name) == count);
    awaitRunning(name);
  }

  private RawConnection tcp() throws IOException {
    RawConnection connection = new RawConnection(server.tcpPort());
    connection.send(initialize("2025-11-25") + "\n" + INITIALIZED + "\n");
    assertThat(hear(connection).has("result")).isTrue();
    return connection;
  }

  private static JsonNode hear(RawConnection connection) throws IOException {
    return new JsonMapper().readTree(connection.line());
  }

  private static JsonNode ask(RawConnection connection, String message) throws IOException {
    connection.send(message + "\n");
    return hear(connection);
  }

  private static void isUnavailable(JsonNode answer, String domain) {
    assertThat(answer.at("/error/code").asInt()).isEqualTo(-31513);
    assertThat(answer.at("/error/data/domain").asString()).isEqualTo(domain);
    assertThat(answer.at("/error/data/retryAfterMs").asLong()).isPositive();
  }

  @Test
  void aKilledTransportAnswersWhatIsInFlightClosesAndListensAgain() throws Exception {
    String session = server.session();
    try (RawConnection line = tcp();
        RawConnection http = new RawConnection(server.port())) {
      line.send(legacy("7", "tools/call", PAUSE) + "\n");
      await().until(() -> server.core().runner().permits().held() == 1);
      points.killTransport("tcp");
      JsonNode answer = hear(line);
      assertThat(answer.path("id").asInt()).isEqualTo(7);
      isUnavailable(answer, "tcp");
      assertThat(line.ended()).isTrue();
      assertThat(http.send(Requests.post(PING, session)).read().status()).isEqualTo(200);
    }
    awaitRestarts("tcp", 1);
    try (RawConnection again = tcp()) {
      assertThat(ask(again, PING).has("result")).isTrue();
    }
    assertThat(restarts("http")).isZero();
  }

  @Test
  void aListenerThatIsLostIsBoundAgain() throws Exception {
    TransportPart part = part();
    try (RawConnection line = tcp()) {
      Objects.requireNonNull(Objects.requireNonNull(part.listener()).channel())
          .close()
          .syncUninterruptibly();
      assertThat(line.ended()).isTrue();
    }
    awaitRestarts("tcp", 1);
    try (RawConnection again = tcp()) {
      assertThat(ask(again, PING).has("result")).isTrue();
    }
  }

  private TransportPart part() {
    return server.http().network().tcp().orElseThrow().part();
  }

  @Test
  void aKilledHttpAnswersWhatIsInFlightAndItsSessionsSurvive() throws Exception {
    String session = server.session();
    try (RawConnection busy = new RawConnection(server.port());
        RawConnection idle = new RawConnection(server.port());
        RawConnection line = tcp()) {
      assertThat(idle.send(Requests.post(PING, session)).read().status()).isEqualTo(200);
      busy.send(Requests.post(legacy("8", "tools/call", PAUSE), session));
      await().until(() -> server.core().runner().permits().held() == 1);
      points.killTransport("http");
      Response answer = busy.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("retry-after", "1");
      isUnavailable(answer.json(), "http");
      assertThat(answer.json().path("id").asInt()).isEqualTo(8);
      assertThat(busy.ended()).isTrue();
      assertThat(idle.ended()).isTrue();
      assertThat(ask(line, PING).has("result")).isTrue();
    }
    awaitRestarts("http", 1);
    assertThat(server.post(legacy("9", "ping", ""), session).status()).isEqualTo(200);
  }

  @Test
  void aTransportThatWasAskedToRestartLetsRequestsFinish() throws Exception {
    try (RawConnection line = tcp()) {
      line.send(legacy("7", "tools/call", PAUSE.replace("9000", "300")) + "\n");
      await().until(() -> server.core().runner().permits().held() == 1);
      assertThat(server.core().domains().restart("tcp")).isTrue();
      isUnavailable(ask(line, PING), "tcp");
      assertThat(hear(line).at("/result/content/0/text").asString()).isEqualTo("waited 300 ms");
      assertThat(line.ended()).isTrue();
    }
    awaitRestarts("tcp", 1);
  }

  @Test
  void aKilledDomainAnswersItsOwnRequestsAndNobodyElses() throws Exception {
    String session = server.session();
    String id = session.substring(session.indexOf(' ') + 1);
    FailureDomain mine = server.core().domains().of(id);
    String other = session;
    while (server.core().domains().of(other.substring(other.indexOf(' ') + 1)).equals(mine)) {
      other = server.session();
    }
    String brief = PAUSE.replace("9000", "500");
    try (RawConnection inside = new RawConnection(server.port());
        RawConnection outside = new RawConnection(server.port())) {
      inside.send(Requests.post(legacy("1", "tools/call", PAUSE), session));
      outside.send(Requests.post(legacy("1", "tools/call", brief), other));
      await().until(() -> server.core().runner().permits().held() == 2);
      points.killDomain(mine.name());
      Response answer = inside.read();
      assertThat(answer.status()).isEqualTo(503);
      isUnavailable(answer.json(), mine.name());
      // The connection belongs to its transport, which goes on.
      awaitRunning(mine.name());
      assertThat(inside.send(Requests.post(legacy("2", "ping", ""), session)).read().status())
          .isEqualTo(200);
      assertThat(outside.read().json().has("result")).isTrue();
    }
  }

  @Test
  void aStreamOfAKilledDomainSaysWhenToComeBackAndGoesOnWithoutAGap() throws Exception {
    String session = server.session();
    String id = session.substring(session.indexOf(' ') + 1);
    String get =
        "GET /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n%s\r\n%s\r\n";
    String first;
    try (RawConnection stream = new RawConnection(server.port())) {
      stream.send(get.formatted(session, ""));
      assertThat(stream.readHead().status()).isEqualTo(200);
      first = stream.chunkLine();
      assertThat(first).startsWith("id: ");
      points.killDomain(server.core().domains().of(id).name());
      String line = stream.chunkLine();
      while (!line.startsWith("retry: ")) {
        line = stream.chunkLine();
      }
    }
    await().until(server.core().domains().of(id)::runs);
    assertThat(server.core().sessions().peek(id)).isPresent();
    server
        .core()
        .sessions()
        .peek(id)
        .orElseThrow()
        .mailbox()
        .post(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"
                .getBytes(StandardCharsets.UTF_8));
    try (RawConnection stream = new RawConnection(server.port())) {
      stream.send(get.formatted(session, "Last-Event-ID: " + first.substring(4) + "\r\n"));
      assertThat(stream.readHead().status()).isEqualTo(200);
      String line = stream.chunkLine();
      while (!line.startsWith("data: {")) {
        line = stream.chunkLine();
      }
      assertThat(line).contains("notifications/x");
    }
  }

  @Test
  void aWebSocketIsRefusedWhileItsTransportIsDownAndHttpGoesOn() throws Exception {
    String session = server.session();
    points.killTransport("websocket");
    assertThat(server.post(PING, session).status()).isEqualTo(200);
    awaitRestarts("websocket", 1);
    assertThat(restarts("http")).isZero();
  }

  @Test
  void aKilledLegacyStreamEndsAndOthersCanBeOpened() throws Exception {
    String get = "GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
    try (RawConnection stream = new RawConnection(server.port())) {
      stream.send(get);
      assertThat(stream.readHead().status()).isEqualTo(200);
      assertThat(stream.chunkLine()).isEqualTo("event: endpoint");
      points.killTransport("legacy-sse");
      awaitRestarts("legacy-sse", 1);
    }
    try (RawConnection stream = new RawConnection(server.port())) {
      stream.send(get);
      assertThat(stream.readHead().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HandlerFault.class,
      names = {"EXCEPTION", "ERROR", "OUT_OF_MEMORY", "STACK_OVERFLOW", "LINKAGE", "ASSERTION"})
  void whateverAHandlerThrowsReachesItsOneCaller(HandlerFault fault) throws Exception {
    String session = server.session();
    String id = session.substring(session.indexOf(' ') + 1);
    points.failHandlers(fault, id, 1);
    Response answer = server.post(legacy("1", "ping", ""), session);
    assertThat(answer.errorCode()).isEqualTo(-32603);
    assertThat(answer.json().path("id").asInt()).isEqualTo(1);
    assertThat(answer.body()).doesNotContain("failpoint");
    assertThat(server.post(legacy("2", "ping", ""), session).status()).isEqualTo(200);
    FailureDomain domain = server.core().domains().of(id);
    assertThat(domain.runs()).isTrue();
    assertThat(crashes(domain)).isEqualTo(fault == HandlerFault.EXCEPTION ? 0 : 1);
  }

  private int crashes(FailureDomain domain) {
    return server
        .core()
        .context()
        .telemetry()
        .introspection()
        .readItem("domains", domain.name())
        .orElseThrow()
        .path("crashes")
        .asInt();
  }

  @Test
  void aHandlerThatInterruptsItselfHurtsNobody() throws Exception {
    String session = server.session();
    points.failHandlers(HandlerFault.INTERRUPT, session.substring(session.indexOf(' ') + 1), 2);
    // Ping does not care; a pause that finds itself interrupted fails like any other failure.
    assertThat(server.post(legacy("1", "ping", ""), session).json().has("result")).isTrue();
    Response answer = server.post(legacy("2", "tools/call", PAUSE), session);
    assertThat(answer.errorCode()).isEqualTo(-32603);
    assertThat(server.post(legacy("3", "ping", ""), session).json().has("result")).isTrue();
  }

  @Test
  void aSessionCanBeKilledByItsPseudonymAndOthersStay() throws Exception {
    String session = server.session();
    String other = server.session();
    assertThat(points.killSession(session.substring(session.indexOf(' ') + 1))).isTrue();
    assertThat(points.killSession("nobody")).isFalse();
    assertThat(server.post(PING, session).status()).isEqualTo(404);
    assertThat(server.post(PING, other).status()).isEqualTo(200);
  }

  @Test
  void statelessRequestsRunInTheDomainOfTheirConnection() throws Exception {
    String params = PAUSE.replace("9000", "300");
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          Requests.post(
              modern("1", "tools/call", params), Requests.mirrored("tools/call", params)));
      await().until(() -> server.core().runner().permits().held() == 1);
      assertThat(server.core().domains().ofSessions())
          .extracting(FailureDomain::active)
          .containsOnlyOnce(1);
      assertThat(connection.read().json().has("result")).isTrue();
    }
  }

  @Test
  void whatIsNotThereCannotBeKilled() {
    assertThatThrownBy(() -> points.killTransport("session-0"))
        .isInstanceOf(UnknownDomainException.class);
    assertThatThrownBy(() -> points.killTransport("pigeon"))
        .isInstanceOf(UnknownDomainException.class);
  }
}

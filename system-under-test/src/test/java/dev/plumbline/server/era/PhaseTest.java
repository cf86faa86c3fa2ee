package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.RawHttp2;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client initializes before anything else (R175): every other method is refused on every wire,
 * and the refusal names the phase. Ping is lawful in every phase (C20).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhaseTest {
  private static final String REVISION = "2025-11-25";
  private static final int INVALID_REQUEST = -32600;
  private static final int DRAINING = -31503;

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  /** Every method of the handshake era but ping, and one that does not exist. */
  private List<String> methods() {
    List<String> all =
        new ArrayList<>(server.core().parts().handshake().methods().methods().keySet());
    assertThat(all).contains("ping", "tools/call", "resources/read", "prompts/get", "tasks/get");
    all.remove("ping");
    all.add("no/such");
    return all;
  }

  private static void refused(JsonNode answer, String id, String phase) {
    assertThat(answer.path("id").asString()).isEqualTo(id);
    assertThat(answer.at("/error/code").asInt()).as(answer.toString()).isEqualTo(INVALID_REQUEST);
    assertThat(answer.at("/error/message").asString()).startsWith("Invalid request: " + phase);
  }

  private static JsonNode say(MessageWire wire, String json) throws IOException {
    wire.send(json.getBytes(StandardCharsets.UTF_8));
    return wire.hear();
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageWire.Kind.class,
      names = {"TCP", "WEB_SOCKET", "STDIO"})
  void everyMethodIsRefusedOnAWireOfItsOwn(MessageWire.Kind kind) throws IOException {
    try (MessageWire wire = kind.connect(server)) {
      for (String method : methods()) {
        refused(
            say(wire, legacy("\"a-" + method + "\"", method, "")), "a-" + method, "disconnected:");
      }
      assertThat(say(wire, legacy("1", "ping", "")).path("result").isObject()).isTrue();
      assertThat(say(wire, initialize(REVISION)).path("result").isObject()).isTrue();
      for (String method : methods()) {
        refused(
            say(wire, legacy("\"b-" + method + "\"", method, "")),
            "b-" + method,
            "the session is initializing:");
      }
      assertThat(say(wire, legacy("2", "ping", "")).path("result").isObject()).isTrue();
      refused(say(wire, initialize(REVISION)), "init", "the session is initializing: already");
      wire.send(INITIALIZED.getBytes(StandardCharsets.UTF_8));
      assertThat(say(wire, legacy("3", "tools/list", "")).path("result").isObject()).isTrue();
      refused(say(wire, initialize(REVISION)), "init", "the session is active: already");
    }
  }

  @Test
  void everyMethodIsRefusedOverHttp() {
    for (String method : methods()) {
      Response without = server.post(legacy("\"x\"", method, ""));
      assertThat(without.status()).isEqualTo(400);
      refused(without.json(), "x", "disconnected:");
    }
    String header =
        "MCP-Session-Id: " + server.post(initialize(REVISION)).headers().get("mcp-session-id");
    for (String method : methods()) {
      Response early = server.post(legacy("\"x\"", method, ""), header);
      assertThat(early.status()).isEqualTo(400);
      refused(early.json(), "x", "the session is initializing:");
    }
    assertThat(server.post(legacy("1", "ping", ""), header).status()).isEqualTo(200);
    Response again = server.post(initialize(REVISION), header);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body()).contains("already initialized");
    server.post(INITIALIZED, header);
    assertThat(server.post(legacy("2", "tools/list", ""), header).status()).isEqualTo(200);
  }

  @Test
  void everyMethodIsRefusedOverHttp2() throws IOException {
    try (RawHttp2 wire = new RawHttp2(server.port())) {
      for (String method : methods()) {
        RawHttp2.Response answer = wire.response(wire.post(legacy("\"x\"", method, "")));
        assertThat(answer.status()).isEqualTo(400);
        refused(answer.json(), "x", "disconnected:");
      }
    }
  }

  /** The pair of 2024-11-05: posts to an address, answers on the stream that named it. */
  @Test
  void everyMethodIsRefusedOnTheStreamOfTheOldTransport() throws IOException {
    try (RawConnection stream =
        new RawConnection(server.port())
            .send("GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")) {
      assertThat(stream.readHead().status()).isEqualTo(200);
      String address = event(stream, "endpoint");
      for (String method : methods()) {
        refused(posted(stream, address, legacy("\"x\"", method, "")), "x", "disconnected:");
      }
      assertThat(posted(stream, address, legacy("1", "ping", "")).path("result").isObject())
          .isTrue();
      assertThat(posted(stream, address, initialize("2024-11-05")).path("result").isObject())
          .isTrue();
      for (String method : methods()) {
        refused(
            posted(stream, address, legacy("\"b-" + method + "\"", method, "")),
            "b-" + method,
            "the session is initializing:");
      }
      assertThat(postTo(address, INITIALIZED)).isEqualTo(202);
      assertThat(posted(stream, address, legacy("3", "tools/list", "")).has("result")).isTrue();
    }
  }

  private int postTo(String address, String json) {
    return server.raw(Requests.post(json).replace("POST /mcp", "POST " + address)).status();
  }

  private JsonNode posted(RawConnection stream, String address, String json) throws IOException {
    assertThat(postTo(address, json)).isEqualTo(202);
    return JsonMapper.shared().readTree(event(stream, "message"));
  }

  private static String event(RawConnection stream, String name) throws IOException {
    assertThat(stream.chunkLine()).isEqualTo("event: " + name);
    String data = stream.chunkLine();
    assertThat(stream.chunkLine()).isEmpty();
    return data.substring("data: ".length());
  }

  @Test
  void aBatchIsNoWayAround() throws IOException {
    String batch = "[" + legacy("1", "tools/list", "") + "]";
    assertThat(server.post(batch).status()).isEqualTo(400);
    try (MessageWire wire = MessageWire.Kind.TCP.connect(server)) {
      say(wire, initialize("2025-03-26"));
      JsonNode answers = say(wire, batch);
      assertThat(answers.at("/0/error/message").asString())
          .startsWith("Invalid request: the session is initializing:");
    }
  }

  @Test
  void aSessionThatIsDrainedSaysSoAndIsAskedAgainLater() {
    String header = server.session();
    Session session =
        server.core().sessions().find(header.substring(header.indexOf(' ') + 1)).orElseThrow();
    session.machine().fire(SessionEvent.DRAIN);
    Response refused = server.post(legacy("1", "tools/list", ""), header);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers()).containsKey("retry-after");
    assertThat(refused.errorCode()).isEqualTo(DRAINING);
    assertThat(refused.body()).contains("the session is paused:");
    assertThat(server.post(legacy("2", "ping", ""), header).status()).isEqualTo(200);
  }

  /** R178 with a clock of the test: 30 s, whatever the client does meanwhile. */
  @Test
  void aHandshakeIsFinishedWithin30SecondsOrTheSessionIsGone() {
    AtomicLong now = new AtomicLong(1);
    ServerContext standard = ServerContext.standard();
    try (TestServer timed =
        new TestServer(new ServerContext(standard.config(), standard.telemetry(), now::get))) {
      String header =
          "MCP-Session-Id: " + timed.post(initialize(REVISION)).headers().get("mcp-session-id");
      for (int second = 1; second < 30; second++) {
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        timed.core().sessions().sweep();
        assertThat(timed.post(legacy("" + second, "ping", ""), header).status()).isEqualTo(200);
      }
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      timed.core().sessions().sweep();
      assertThat(timed.post(legacy("30", "ping", ""), header).status()).isEqualTo(404);
      JsonNode counts = standard.telemetry().introspection().read("machines").orElseThrow();
      assertThat(counts.at("/session/moved").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aWireWhoseSessionHasExpiredMayBeginAgain() throws IOException {
    AtomicLong now = new AtomicLong(1);
    ServerContext standard = ServerContext.standard();
    try (TestServer timed =
            new TestServer(new ServerContext(standard.config(), standard.telemetry(), now::get));
        MessageWire wire = MessageWire.Kind.STDIO.connect(timed)) {
      say(wire, initialize(REVISION));
      now.addAndGet(Duration.ofSeconds(30).toNanos());
      timed.core().sessions().sweep();
      assertThat(say(wire, legacy("1", "ping", "")).at("/error/message").asString())
          .endsWith("no such session");
      assertThat(say(wire, initialize(REVISION)).path("result").isObject()).isTrue();
      wire.send(INITIALIZED.getBytes(StandardCharsets.UTF_8));
      assertThat(say(wire, legacy("2", "tools/list", "")).path("result").isObject()).isTrue();
    }
  }
}

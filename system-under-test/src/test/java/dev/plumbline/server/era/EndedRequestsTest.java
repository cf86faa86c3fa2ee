package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.RawHttp2;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a client hears of its running requests when its session ends before they do. */
class EndedRequestsTest {
  private static final int UNAVAILABLE = -31513;
  private static final String REVISION = "2025-11-25";
  private static final String WAITING =
      legacy("7", "tools/call", "\"name\":\"pause\",\"arguments\":{\"millis\":10000}");
  private static final String PREFIX = "MCP-Session-Id: ";

  private final TestServer server = TestServer.onEveryWire();

  @AfterEach
  void stop() {
    server.close();
  }

  private Session awaitRunning(TestServer where) {
    List<Session> found = new CopyOnWriteArrayList<>();
    await()
        .until(
            () -> {
              where
                  .core()
                  .sessions()
                  .forEach(
                      session -> {
                        if (session.inFlight().count() == 1) {
                          found.add(session);
                        }
                      });
              return !found.isEmpty();
            });
    return found.getFirst();
  }

  /** Ends the session as an operator does. */
  private void end(String how, Session session) {
    String body = how.equals("drain") ? "{\"timeout\":\"50ms\"}" : "";
    Response answer =
        server.controlClient().ask("POST", "/sessions/" + session.id() + "/" + how, body);
    assertThat(answer.status()).isBetween(200, 202);
  }

  private static void saysWhatHappened(JsonNode answer, String how) {
    String ended = how.equals("drain") ? "drained" : "killed";
    assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(7);
    assertThat(answer.at("/error/code").asInt()).isEqualTo(UNAVAILABLE);
    assertThat(answer.at("/error/message").asString()).contains(ended, "initialize again");
    assertThat(answer.at("/error/data/ended").asString()).isEqualTo(ended);
    assertThat(answer.at("/error/data/retryAfterMs").asLong()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "kill"})
  void overHttp1TheCallerIsTold(String how) throws IOException {
    String header = server.session();
    try (RawConnection http = new RawConnection(server.port())) {
      http.send(Requests.post(WAITING, header));
      end(how, awaitRunning(server));
      Response answer = http.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsKey("retry-after");
      saysWhatHappened(answer.json(), how);
      assertThat(http.send(Requests.post(legacy("8", "ping", ""), header)).read().status())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "kill"})
  void overHttp2TheCallerIsTold(String how) throws IOException {
    String header = server.session();
    try (RawHttp2 http = new RawHttp2(server.port())) {
      int stream = http.post(WAITING, "mcp-session-id", header.substring(PREFIX.length()));
      end(how, awaitRunning(server));
      RawHttp2.Response answer = http.response(stream);
      assertThat(answer.status()).isEqualTo(503);
      saysWhatHappened(answer.json(), how);
    }
  }

  /** The connection stays: it may begin again, and everything else is answered as unknown. */
  @ParameterizedTest
  @CsvSource({
    "TCP,drain",
    "TCP,kill",
    "WEB_SOCKET,drain",
    "WEB_SOCKET,kill",
    "STDIO,drain",
    "STDIO,kill"
  })
  void onAWireOfItsOwnTheCallerIsToldAndMayBeginAgain(MessageWire.Kind kind, String how)
      throws IOException {
    try (MessageWire wire = kind.connect(server)) {
      open(wire);
      say(wire, WAITING);
      end(how, awaitRunning(server));
      saysWhatHappened(wire.hear(), how);
      say(wire, legacy("8", "tools/list", ""));
      assertThat(wire.hear().at("/error/message").asString()).contains("no such session");
      open(wire);
      say(wire, legacy("9", "tools/list", ""));
      assertThat(wire.hear().has("result")).isTrue();
    }
  }

  private static void open(MessageWire wire) throws IOException {
    say(wire, initialize(REVISION));
    assertThat(wire.hear().has("result")).isTrue();
    say(wire, INITIALIZED);
  }

  private static void say(MessageWire wire, String json) throws IOException {
    wire.send(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aBatchHasAnAnswerForEachOfItsRequests() throws IOException {
    String header = server.session("2025-03-26");
    try (RawConnection http = new RawConnection(server.port())) {
      http.send(Requests.post("[" + WAITING + "," + legacy("8", "tools/list", "") + "]", header));
      end("kill", awaitRunning(server));
      JsonNode answers = http.read().json();
      saysWhatHappened(answers.get(0), "kill");
      assertThat(answers.at("/1/id").asInt()).isEqualTo(8);
      assertThat(answers.at("/1/error/message").asString()).contains("no such session");
    }
  }

  /** What was said already went as events: the error is the last of them. */
  @Test
  void onAnEventStreamTheErrorIsTheLastEvent() {
    CountDownLatch over = new CountDownLatch(1);
    McpServer offered =
        McpServer.named("test", "1")
            .tool(
                "talks",
                "Says something and waits.",
                (_, call) -> {
                  call.log("begun");
                  over.await();
                  return "done";
                });
    ServerCore core =
        new ServerCore(offered, ServerContext.withRequests(64), UnaryOperator.identity());
    try (TestServer talking =
        new TestServer(core, new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()))) {
      String id = talking.session().substring(PREFIX.length());
      try (EventResponse events =
          EventResponse.post(
              talking.http().endpoint(),
              legacy("7", "tools/call", "\"name\":\"talks\""),
              "MCP-Session-Id",
              id)) {
        assertThat(talking.core().killPoints().killSession(awaitRunning(talking).id())).isTrue();
        List<EventResponse.Event> all = events.rest();
        saysWhatHappened(all.getLast().json(), "kill");
      }
    }
  }

  /** Its client asked for the end: it waits for nothing. */
  @Test
  void aClientThatEndsItsSessionHearsNothingMore() throws IOException {
    String header = server.session();
    try (RawConnection http = new RawConnection(server.port())) {
      http.send(Requests.post(WAITING, header));
      awaitRunning(server);
      String delete = "DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n\r\n";
      assertThat(server.raw(delete).status()).isEqualTo(204);
      assertThat(http.read().body()).isEmpty();
    }
  }

  @Test
  void aDrainedSessionIsNotAServerThatStops() throws IOException {
    String header = server.session();
    try (RawConnection http = new RawConnection(server.port())) {
      http.send(Requests.post(WAITING, header));
      Session session = awaitRunning(server);
      server
          .controlClient()
          .ask("POST", "/sessions/" + session.id() + "/drain", "{\"timeout\":\"20s\"}");
      Response refused = server.post(legacy("8", "tools/list", ""), header);
      assertThat(refused.errorCode()).isEqualTo(-31503);
      assertThat(refused.json().at("/error/message").asString())
          .startsWith("Request refused: the session is paused")
          .doesNotContain("shutting down");
    }
  }
}

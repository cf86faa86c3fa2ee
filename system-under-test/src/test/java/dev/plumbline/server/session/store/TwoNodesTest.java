package dev.plumbline.server.session.store;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SessionSettings;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL (C16, C22). */
class TwoNodesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private TestServer first;
  private TestServer second;
  private String session;

  @BeforeEach
  void begin() {
    String url = Database.fresh();
    first = node(url);
    second = node(url);
    session = first.session();
  }

  @AfterEach
  void end() {
    first.close();
    second.close();
  }

  static TestServer node(String url) {
    ServerConfig standard = ServerConfig.standard();
    SessionSettings rules = standard.sessions();
    return new TestServer(
        ServerContext.of(
            standard.withSessions(
                new SessionSettings(rules.handshake(), rules.suspend(), rules.idle(), url))));
  }

  private Response ping(TestServer node, int id) {
    return node.post(legacy(Integer.toString(id), "ping", ""), session);
  }

  private static Response delete(TestServer node, String session) {
    return node.raw("DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + session + "\r\n\r\n");
  }

  private Session on(TestServer node) {
    return node.core().sessions().peek(session.split(" ", 2)[1]).orElseThrow();
  }

  @Test
  void aClientWhoseNodeDiesContinuesOnTheOther() {
    first.post(legacy("1", "logging/setLevel", "\"level\":\"alert\""), session);
    first.close();
    assertThat(ping(second, 2).status()).isEqualTo(200);
    assertThat(on(second).logLevel()).isEqualTo(LogLevel.ALERT);
    try (EventResponse listening =
        EventResponse.get(second.http().endpoint(), session.split(": ", 2))) {
      assertThat(listening.status()).isEqualTo(200);
    }
  }

  @Test
  void aSessionThatWasDeletedOnOneNodeIsGoneOnBoth() {
    assertThat(ping(second, 1).status()).isEqualTo(200);
    assertThat(delete(first, session).status()).isEqualTo(204);
    assertThat(ping(second, 2).status()).isEqualTo(404);
    assertThat(ping(first, 3).status()).isEqualTo(404);
    assertThat(second.core().sessions().count()).isZero();
  }

  @Test
  @SuppressWarnings("EnumOrdinal") // any number will do: the nodes take turns
  void whatOneNodeChangesTheOtherKnowsAtTheNextRequest() {
    ping(second, 1);
    int step = 0;
    for (LogLevel level : LogLevel.values()) {
      step++;
      TestServer here = step % 2 == 0 ? first : second;
      TestServer there = step % 2 == 0 ? second : first;
      String name = level.name().toLowerCase(Locale.ROOT);
      here.post(legacy("1" + step, "logging/setLevel", "\"level\":\"" + name + "\""), session);
      ping(there, 100 + step);
      assertThat(on(there).logLevel()).isEqualTo(level);
    }
  }

  @Test
  void aHandshakeMayBeginOnOneNodeAndEndOnTheOther() {
    Response opened = first.post(Requests.initialize("2025-11-25"));
    String header = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    assertThat(second.post(Requests.INITIALIZED, header).status()).isEqualTo(202);
    assertThat(first.post(legacy("2", "tools/list", ""), header).status()).isEqualTo(200);
    assertThat(second.post(legacy("3", "tools/list", ""), header).status()).isEqualTo(200);
  }

  @Test
  void streamsOfTwoNodesNeverHaveTheSameName() {
    String there = eventId(second);
    String here = eventId(first);
    assertThat(here.split("-", 2)[0]).isNotEqualTo(there.split("-", 2)[0]);
  }

  private String eventId(TestServer node) {
    try (EventResponse listening =
        EventResponse.get(node.http().endpoint(), session.split(": ", 2))) {
      return listening.next().orElseThrow().id().orElseThrow();
    }
  }

  private Response drain(TestServer node, String timeout) {
    return node.controlClient()
        .ask(
            "POST",
            "/sessions/" + session.split(" ", 2)[1] + "/drain",
            "{\"timeout\":\"" + timeout + "\"}");
  }

  private static String over(TestServer node, Response drain) {
    String operation = "/operations/" + drain.json().path("operation").asString();
    await()
        .atMost(LONG)
        .until(() -> node.controlClient().get(operation).json().path("over").asBoolean());
    return node.controlClient().get(operation).json().path("state").asString();
  }

  private Response list(TestServer node, int id) {
    return node.post(legacy(Integer.toString(id), "tools/list", ""), session);
  }

  @Test
  void whatIsDrainedOnOneNodeTakesNoNewRequestOnTheOtherAndEndsOnBoth() {
    assertThat(list(second, 1).status()).isEqualTo(200);
    Response drain = drain(first, "60s");
    assertThat(drain.status()).isEqualTo(202);
    AtomicInteger id = new AtomicInteger(10);
    await().atMost(LONG).until(() -> list(second, id.incrementAndGet()).status() == 503);
    assertThat(list(first, 2).errorCode()).isEqualTo(-31503);
    assertThat(list(second, 3).errorCode()).isEqualTo(-31503);
    assertThat(over(first, drain)).isEqualTo("drained");
    assertThat(list(first, 4).status()).isEqualTo(404);
    await().atMost(LONG).until(() -> second.core().sessions().count() == 0);
    assertThat(list(second, 5).status()).isEqualTo(404);
  }

  @Test
  void aSessionThatLivesOnTheOtherNodeCanBeDrainedHere() {
    Response drain = drain(second, "60s");
    assertThat(drain.status()).as(drain.body()).isEqualTo(202);
    AtomicInteger id = new AtomicInteger(10);
    await().atMost(LONG).until(() -> list(first, id.incrementAndGet()).status() == 503);
    assertThat(over(second, drain)).isEqualTo("drained");
    await().atMost(LONG).until(() -> first.core().sessions().count() == 0);
    session = "MCP-Session-Id: " + "A".repeat(43);
    assertThat(drain(second, "1s").status()).isEqualTo(404);
  }

  /** The node that was asked has nothing to wait for, the other has. */
  @Test
  void whatTheOtherNodeHasBegunIsFinishedAlthoughTheSessionHasEndedHere() throws IOException {
    assertThat(list(second, 1).status()).isEqualTo(200);
    try (RawConnection busy = new RawConnection(second.port())) {
      busy.send(
          Requests.post(
              legacy("7", "tools/call", "\"name\":\"pause\",\"arguments\":{\"millis\":9000}"),
              session));
      await().atMost(LONG).until(() -> on(second).inFlight().count() == 1);
      Response drain = drain(first, "60s");
      assertThat(over(first, drain)).isEqualTo("drained");
      assertThat(busy.read().json().path("result").isObject()).isTrue();
      await().atMost(LONG).until(() -> second.core().sessions().count() == 0);
    }
  }

  @Test
  void aNodeThatDiesLeavesItsDrainToTheOthers() {
    assertThat(list(second, 1).status()).isEqualTo(200);
    assertThat(drain(first, "4s").status()).isEqualTo(202);
    AtomicInteger id = new AtomicInteger(10);
    await().atMost(LONG).until(() -> list(second, id.incrementAndGet()).status() != 200);
    first.close();
    await().atMost(LONG).until(() -> second.core().sessions().count() == 0);
    assertThat(list(second, 2).status()).isEqualTo(404);
  }

  @Test
  void anIdThatWasNeverGivenIsUnknownEverywhere() {
    session = "MCP-Session-Id: " + "A".repeat(43);
    assertThat(ping(first, 1).status()).isEqualTo(404);
    session = "MCP-Session-Id: no-id-of-ours";
    assertThat(ping(second, 1).status()).isEqualTo(404);
  }
}

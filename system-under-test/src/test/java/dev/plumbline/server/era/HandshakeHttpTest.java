package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.EventResponse.Event;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.SessionClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What only sockets can show: connections that live, die and come back. */
class HandshakeHttpTest {
  private static final String SESSION = "MCP-Session-Id";
  private static final int MANY = 300;

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final ServerCore core =
      new ServerCore(offered(), ServerContext.withRequests(64), UnaryOperator.identity());
  private HttpServer http;
  private URI endpoint;
  private String session;

  private McpServer offered() {
    return McpServer.named("test", "1")
        .tool(
            "ask",
            "Asks its client.",
            (_, call) ->
                call.ask("k", new ClientRequest("ping", JsonNodeFactory.instance.objectNode()))
                    .toString())
        .tool(
            "polled",
            "Lets its client poll.",
            (_, call) -> {
              call.disconnect();
              goOn.await();
              return "done";
            })
        .tool(
            "many",
            "Says many things, the second half only when it is let.",
            (_, call) -> {
              for (int n = 1; n <= MANY; n++) {
                if (n == MANY / 2) {
                  goOn.await();
                }
                call.log(Integer.toString(n));
              }
              return "done";
            });
  }

  @BeforeEach
  void start() throws IOException {
    http = new HttpServer(core, 0, 0);
    endpoint = http.endpoint();
    try (EventResponse opened =
        EventResponse.post(endpoint, Requests.initialize("2025-11-25"), "X-Any", "1")) {
      assertThat(opened.status()).isEqualTo(200);
      session = opened.header(SESSION);
    }
    post(Requests.INITIALIZED);
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    http.close();
  }

  private void post(String json) {
    try (EventResponse sent = EventResponse.post(endpoint, json, SESSION, session)) {
      assertThat(sent.status()).isEqualTo(202);
    }
  }

  private EventResponse call(String tool) {
    return EventResponse.post(endpoint, SessionClient.tooling("1", tool), SESSION, session);
  }

  private EventResponse back(Event last) {
    return EventResponse.get(endpoint, SESSION, session, "Last-Event-ID", last.id().orElseThrow());
  }

  @Test
  void theServerAsksOnTheStreamOfTheRequest() {
    try (EventResponse call = call("ask")) {
      assertThat(call.type()).isEqualTo("text/event-stream");
      assertThat(call.next().orElseThrow().data()).isEmpty();
      Event question = call.next().orElseThrow();
      assertThat(question.json().path("method").asString()).isEqualTo("ping");
      post("{\"jsonrpc\":\"2.0\",\"id\":" + question.json().get("id") + ",\"result\":{}}");
      assertThat(call.rest())
          .singleElement()
          .extracting(event -> event.json().at("/result/content/0/text").asString())
          .isEqualTo("{}");
    }
  }

  @Test
  void aClientPollsForAnAnswer() {
    List<Event> begun;
    try (EventResponse call = call("polled")) {
      begun = call.rest();
    }
    assertThat(begun.getFirst().data()).isEmpty();
    assertThat(begun.getLast().retry()).contains(Long.toString(Limits.RECONNECT.toMillis()));
    goOn.countDown();
    try (EventResponse back = back(begun.getFirst())) {
      assertThat(back.rest())
          .singleElement()
          .extracting(event -> event.json().path("id").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void nothingIsLostAndNothingComesTwiceWhenConnectionsAreClosed() {
    Event last;
    int taken = 0;
    try (EventResponse call = call("many")) {
      last = call.next().orElseThrow();
      for (int i = 0; i < 20; i++) {
        last = call.next().orElseThrow();
        taken++;
        assertThat(last.json().at("/params/data").asString()).isEqualTo(Integer.toString(taken));
      }
    }
    for (int round = 0; round < 5; round++) {
      try (EventResponse back = back(last)) {
        for (int i = 0; i < 20; i++) {
          last = back.next().orElseThrow();
          taken++;
          assertThat(last.json().at("/params/data").asString()).isEqualTo(Integer.toString(taken));
        }
      }
    }
    goOn.countDown();
    try (EventResponse back = back(last)) {
      List<Event> rest = back.rest();
      assertThat(rest).hasSize(MANY - taken + 1);
      assertThat(rest.getLast().json().has("result")).isTrue();
    }
  }

  @Test
  void aStreamIsOpenBeforeThereIsNewsAndEndsWithTheSession() throws Exception {
    try (EventResponse get = EventResponse.get(endpoint, SESSION, session)) {
      assertThat(get.status()).isEqualTo(200);
      assertThat(get.type()).isEqualTo("text/event-stream");
      core.parts().features().offerings().announce(new Change.ToolsListChanged());
      assertThat(get.next().orElseThrow().data()).isEmpty();
      assertThat(get.next().orElseThrow().json().path("method").asString())
          .isEqualTo("notifications/tools/list_changed");
      try (HttpClient other = HttpClient.newHttpClient()) {
        HttpRequest delete =
            HttpRequest.newBuilder(endpoint).header(SESSION, session).DELETE().build();
        assertThat(other.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(204);
      }
      assertThat(get.rest()).isEmpty();
    }
    assertThat(core.sessions().count()).isZero();
  }

  @Test
  void aClosedListenerIsNoticed() {
    var streams = core.sessions().find(session).orElseThrow().streams();
    try (EventResponse get = EventResponse.get(endpoint, SESSION, session)) {
      assertThat(get.next()).isPresent();
      assertThat(streams.carried()).isOne();
    }
    await().until(() -> streams.carried() == 0);
    assertThat(core.runner().permits().held()).isZero();
  }

  @Test
  void anOrdinaryAnswerStaysJson() {
    try (EventResponse ping =
        EventResponse.post(endpoint, legacy("9", "ping", ""), SESSION, session)) {
      assertThat(ping.type()).isEqualTo("application/json");
    }
  }
}

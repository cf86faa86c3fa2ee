package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.client.ScriptedServer.Seen;
import dev.plumbline.server.client.wire.Authorizer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Streamable HTTP against servers that do what the bundled one never would. */
class HttpClientWireTest {
  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static McpClient client(ScriptedServer server, EraPreference era) {
    return new McpClient(server.target(), ClientOptions.named("test", "1").withEra(era));
  }

  @Test
  void takesABrokenStreamUpAgainWhereItWasLeft() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.handshake()) {
                    return;
                  }
                  OutputStream out = seen.stream();
                  if (seen.verb().equals("GET")) {
                    seen.event(
                        out,
                        "id: 2\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[]}}\n\n");
                  } else {
                    seen.event(out, "id: 1\nretry: 60\ndata:\n\n");
                  }
                  seen.exchange().close();
                });
        McpClient client = client(server, EraPreference.HANDSHAKE)) {
      client.connect();
      assertThat(client.callTool("slow", none(), CallOptions.DEFAULT).path("content").isArray())
          .isTrue();
      Seen resumed = server.seen().getLast();
      assertThat(resumed.verb()).isEqualTo("GET");
      assertThat(resumed.header("Last-Event-ID")).contains("1");
      assertThat(resumed.header("MCP-Protocol-Version")).contains("2025-11-25");
    }
  }

  @Test
  void doesNotTakeUpAStreamOfTheStatelessEra() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (!seen.discover()) {
                    seen.event(seen.stream(), "id: 1\ndata:\n\n");
                    seen.exchange().close();
                  }
                });
        McpClient client = client(server, EraPreference.STATELESS)) {
      client.connect();
      assertThatThrownBy(() -> client.readResource("x:///y"))
          .hasMessage("the stream ended before the answer");
      assertThat(server.heard()).doesNotContain("GET");
    }
  }

  @Test
  void stopsTakingUpAStreamThatBringsNothing() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.handshake()) {
                    return;
                  }
                  OutputStream out = seen.stream();
                  if (!seen.verb().equals("GET")) {
                    seen.event(out, "id: 1\nretry: 1\ndata:\n\n");
                  }
                  seen.exchange().close();
                });
        McpClient client = client(server, EraPreference.HANDSHAKE)) {
      client.connect();
      assertThatThrownBy(() -> client.callTool("slow", none(), CallOptions.DEFAULT))
          .hasMessageContaining("5 fruitless reconnects");
      // The stream the server speaks on unasked takes from the same five.
      assertThat(server.seen())
          .filteredOn(seen -> seen.header("Last-Event-ID").isPresent())
          .hasSizeBetween(1, 6);
      assertThat(server.seen()).filteredOn(seen -> seen.verb().equals("GET")).hasSizeLessThan(8);
    }
  }

  @Test
  void beginsANewSessionWhenTheServerEndedTheOldOne() throws Exception {
    AtomicInteger sessions = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            seen -> {
              if (seen.method().equals("initialize")) {
                seen.exchange()
                    .getResponseHeaders()
                    .set("Mcp-Session-Id", "s" + sessions.incrementAndGet());
              }
              if (seen.handshake()) {
                return;
              }
              if (seen.header("Mcp-Session-Id").equals(java.util.Optional.of("s1"))) {
                seen.status(404);
              } else {
                seen.result("\"tools\":[]");
              }
            })) {
      try (McpClient client = client(server, EraPreference.HANDSHAKE)) {
        client.connect();
        assertThat(client.listTools()).isEmpty();
      }
      List<Seen> begun =
          server.seen().stream().filter(seen -> seen.method().equals("initialize")).toList();
      assertThat(begun)
          .hasSize(2)
          .allSatisfy(seen -> assertThat(seen.header("Mcp-Session-Id")).isEmpty());
      Seen last = server.seen().getLast();
      assertThat(last.verb()).isEqualTo("DELETE");
      assertThat(last.header("Mcp-Session-Id")).contains("s2");
    }
  }

  @Test
  void cancelsByClosingTheStreamInTheStatelessEraAndByNoticeBefore() throws Exception {
    for (EraPreference era : List.of(EraPreference.STATELESS, EraPreference.HANDSHAKE)) {
      CountDownLatch closed = new CountDownLatch(1);
      try (ScriptedServer server =
              new ScriptedServer(
                  seen -> {
                    if (!seen.discover() && !seen.handshake()) {
                      untilClosed(seen, closed);
                    }
                  });
          McpClient client = client(server, era)) {
        client.connect();
        CallOptions hasty = CallOptions.DEFAULT.withTimeout(Duration.ofMillis(200));
        assertThatThrownBy(() -> client.request("prompts/get", none(), hasty))
            .isInstanceOf(RequestTimeoutException.class);
        closed.await();
        if (era == EraPreference.STATELESS) {
          assertThat(server.heard()).doesNotContain("notifications/cancelled");
        } else {
          await()
              .untilAsserted(() -> assertThat(server.heard()).contains("notifications/cancelled"));
          assertThat(server.seen())
              .anySatisfy(
                  seen ->
                      assertThat(seen.body().path("params").path("requestId").asInt())
                          .isEqualTo(2));
        }
      }
    }
  }

  private static void untilClosed(Seen seen, CountDownLatch closed) {
    try {
      OutputStream out = seen.stream();
      while (true) {
        seen.event(out, ": still there\n\n");
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  @Test
  void answersWhatAHandshakeServerAsksOnTheStreamOfARequest() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Handlers handlers = Handlers.NONE.withElicitation(Elicitations::acceptDefaults);
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.body().path("id").asString("").equals("ask")) {
                    seen.status(202);
                    answered.countDown();
                  } else if (!seen.handshake()) {
                    asking(seen, answered);
                  }
                });
        McpClient client =
            new McpClient(
                server.target(),
                ClientOptions.named("test", "1")
                    .withEra(EraPreference.HANDSHAKE)
                    .withHandlers(handlers))) {
      client.connect();
      client.callTool("asking", none(), CallOptions.DEFAULT);
      Seen answer =
          server.seen().stream()
              .filter(seen -> seen.body().has("result"))
              .findFirst()
              .orElseThrow();
      assertThat(answer.body().path("result").path("content").path("age").asInt()).isEqualTo(30);
    }
  }

  private static void asking(Seen seen, CountDownLatch answered) throws IOException {
    OutputStream out = seen.stream();
    seen.event(
        out,
        "data: {\"jsonrpc\":\"2.0\",\"id\":\"ask\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"?\",\"requestedSchema\":"
            + "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\",\"default\":30}}}}}\n\n");
    try {
      answered.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    seen.event(out, "data: {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"content\":[]}}\n\n");
    seen.exchange().close();
  }

  @Test
  void tellsOfProgressInOrder() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.handshake()) {
                    return;
                  }
                  OutputStream out = seen.stream();
                  String token =
                      seen.body().path("params").path("_meta").path("progressToken").asString("");
                  for (int step = 1; step <= 3; step++) {
                    seen.event(
                        out,
                        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\""
                            + token
                            + "\",\"progress\":"
                            + step
                            + ",\"total\":3}}\n\n");
                  }
                  seen.event(
                      out, "data: {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"content\":[]}}\n\n");
                  seen.exchange().close();
                });
        McpClient client = client(server, EraPreference.HANDSHAKE)) {
      client.connect();
      List<Double> steps = new ArrayList<>();
      client.callTool(
          "steps",
          none(),
          CallOptions.DEFAULT.withProgress(progress -> steps.add(progress.progress())));
      assertThat(steps).containsExactly(1.0, 2.0, 3.0);
    }
  }

  @Test
  void asksTheAuthorizerBeforeEveryRequestAndAtMostThreeTimesAfterAChallenge() {
    AtomicInteger challenges = new AtomicInteger();
    Authorizer authorizer =
        new Authorizer() {
          @Override
          public Map<String, String> credentials(String httpMethod, URI endpoint) {
            return Map.of("Authorization", "Bearer t" + challenges.get());
          }

          @Override
          public boolean challenged(Challenge challenge) {
            challenges.incrementAndGet();
            return challenge.status() == 401;
          }
        };
    try (ScriptedServer server = new ScriptedServer(seen -> seen.status(401));
        McpClient client =
            new McpClient(
                server.target(), ClientOptions.named("test", "1").withAuthorizer(authorizer))) {
      assertThatThrownBy(client::connect).hasMessageContaining("401");
      assertThat(server.seen())
          .extracting(seen -> seen.header("Authorization").orElse(""))
          .containsExactly("Bearer t0", "Bearer t1", "Bearer t2", "Bearer t3");
    }
  }
}

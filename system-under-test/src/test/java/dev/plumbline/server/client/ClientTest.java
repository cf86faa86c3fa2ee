package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.server.machine.ClientEvent;
import dev.plumbline.server.machine.ClientState;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.support.TestServer;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ClientTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ClientOptions options(EraPreference era) {
    return ClientOptions.named("test", "1").withEra(era);
  }

  private static McpClient client(EraPreference era) {
    return new McpClient(Target.of(server.http().endpoint().toString()), options(era));
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  @ParameterizedTest
  @EnumSource
  void callsAToolInEveryEra(EraPreference era) throws Exception {
    try (McpClient client = client(era)) {
      client.connect();
      ObjectNode result =
          client.callTool("sum", none().put("a", 2).put("b", 3), CallOptions.DEFAULT);
      assertThat(result.path("structuredContent").path("sum").asInt()).isEqualTo(5);
    }
  }

  @Test
  void prefersTheStatelessEraOfAServerThatKnowsBoth() throws Exception {
    try (McpClient client = client(EraPreference.AUTO)) {
      ServerProfile profile = client.connect();
      assertThat(profile.stateless()).isTrue();
      assertThat(profile.revision()).isEqualTo("2026-07-28");
      assertThat(profile.info().path("name").asString()).isEqualTo("test-server");
      assertThat(profile.instructions()).isEqualTo("For tests.");
    }
  }

  @Test
  void shakesHandsWhenToldTo() throws Exception {
    try (McpClient client = client(EraPreference.HANDSHAKE)) {
      assertThat(client.connect().revision()).isEqualTo("2025-11-25");
      client.ping();
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsEverythingInEveryEra(EraPreference era) throws Exception {
    try (McpClient client = client(era)) {
      client.connect();
      assertThat(client.listTools())
          .extracting(tool -> tool.path("name").asString())
          .contains("echo", "sum");
      assertThat(client.listResources()).isNotEmpty();
      assertThat(client.listPrompts()).isNotEmpty();
      String uri = client.listResources().getFirst().path("uri").asString();
      JsonNode contents = client.readResource(uri).path("contents");
      assertThat(contents.path(0).path("uri").asString()).isEqualTo(uri);
    }
  }

  @ParameterizedTest
  @EnumSource
  void handsOnTheErrorOfAnUnknownTool(EraPreference era) throws Exception {
    try (McpClient client = client(era)) {
      client.connect();
      RpcException refused =
          catchThrowableOfType(
              RpcException.class, () -> client.callTool("nothing", none(), CallOptions.DEFAULT));
      assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_PARAMS.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesUpARequestThatTakesTooLong(EraPreference era) throws Exception {
    try (McpClient client = client(era)) {
      client.connect();
      CallOptions hasty = CallOptions.DEFAULT.withTimeout(Duration.ofMillis(100));
      assertThatThrownBy(() -> client.callTool("pause", none().put("millis", 9_000), hasty))
          .isInstanceOf(RequestTimeoutException.class);
      // The connection outlives the request.
      assertThat(client.callTool("about", none(), CallOptions.DEFAULT).path("content").isArray())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsARequestWhenSomebodySaysSo(EraPreference era) throws Exception {
    try (McpClient client = client(era)) {
      client.connect();
      CancelSignal signal = new CancelSignal();
      CallOptions options = CallOptions.DEFAULT.withCancel(signal);
      Thread other = Thread.ofVirtual().unstarted(() -> signal.cancel("changed my mind"));
      other.start();
      assertThatThrownBy(() -> client.callTool("pause", none().put("millis", 9_000), options))
          .hasMessageContaining("changed my mind");
      other.join();
    }
  }

  /** C10: 30 s from the open wire to the end of the handshake, whatever took the time. */
  @Test
  void aServerThatDoesNotAgreeWithin30SecondsIsLeft() throws Exception {
    AtomicLong now = new AtomicLong();
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedServer slow =
            new ScriptedServer(
                seen -> {
                  if (seen.method().equals("initialize")) {
                    now.addAndGet(Duration.ofSeconds(1).toNanos());
                    await(never);
                  }
                  now.addAndGet(Duration.ofMillis(29_900).toNanos());
                  seen.status(400);
                });
        McpClient client =
            new McpClient(slow.target(), ClientOptions.named("test", "1"), now::get, Pause.REAL)) {
      assertThatThrownBy(client::connect)
          .isInstanceOf(RequestTimeoutException.class)
          .hasMessageContaining("initialize");
      assertThat(client.state()).isEqualTo(ClientState.DISCONNECTED);
      assertThat(client.history())
          .extracting(step -> step.move().event())
          .containsExactly(
              ClientEvent.CONNECT,
              ClientEvent.OPENED,
              ClientEvent.HANDSHAKE_TIMEOUT,
              ClientEvent.RELEASED);
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void walksThroughItsLifecycle() throws Exception {
    McpClient client = client(EraPreference.AUTO);
    assertThat(client.state()).isEqualTo(ClientState.DISCONNECTED);
    assertThatThrownBy(client::listTools).hasMessage("disconnected: connect first");
    client.connect();
    assertThat(client.state()).isEqualTo(ClientState.READY);
    client.close();
    assertThat(client.state()).isEqualTo(ClientState.DISCONNECTED);
    client.connect();
    assertThat(client.listTools()).isNotEmpty();
    client.close();
  }

  @Test
  void saysThatNobodyIsThere() {
    try (McpClient client =
        new McpClient(
            new Target.Http(URI.create("http://127.0.0.1:1/mcp")), options(EraPreference.AUTO))) {
      assertThatThrownBy(client::connect).isInstanceOf(ConnectException.class);
      assertThat(client.state()).isEqualTo(ClientState.DISCONNECTED);
    }
  }
}

package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.machine.ClientState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message per line: the bundled server as a child process, and scripted servers behind a port.
 */
class LineClientTest {
  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Target.Child child() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Target.Child(
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.plumbline.server.Main",
            "--stdio"),
        Map.of());
  }

  private static ClientOptions options() {
    return ClientOptions.named("test", "1");
  }

  @ParameterizedTest
  @EnumSource
  void talksToAChildProcessInEveryEra(EraPreference era) throws Exception {
    // A process that has yet to start is silent for as long as a busy machine takes.
    ClientOptions patient =
        options().withEra(era).withTimeouts(ClientOptions.Timeouts.of(Duration.ofMinutes(2)));
    try (McpClient client = new McpClient(child(), patient)) {
      assertThat(client.connect().stateless()).isEqualTo(era != EraPreference.HANDSHAKE);
      ObjectNode result =
          client.callTool("echo", none().put("text", "grüße\n\u2028"), CallOptions.DEFAULT);
      assertThat(result.path("content").path(0).path("text").asString()).isEqualTo("grüße\n\u2028");
    }
  }

  /**
   * A server behind a port that answers each line as the script says; null is silence, "bye" ends
   * the connection.
   */
  private static final class Lines implements AutoCloseable {
    interface Script {
      String answer(JsonNode message, int connection);
    }

    private final ServerSocket socket;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Lines(Script script) throws IOException {
      socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int i = 1; ; i++) {
                    Socket one = socket.accept();
                    open.add(one);
                    int connection = i;
                    Thread.ofVirtual().start(() -> serve(one, script, connection));
                  }
                } catch (IOException e) {
                  // Closed.
                }
              });
    }

    private void serve(Socket one, Script script, int connection) {
      try (one;
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8))) {
        OutputStream out = one.getOutputStream();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          JsonNode message = JsonMapper.shared().readTree(line);
          heard.add(message.path("method").asString(""));
          String answer = script.answer(message, connection);
          if (answer.equals("bye")) {
            return;
          }
          if (!answer.isEmpty()) {
            out.write(
                (answer.replace("ID", message.path("id").toString()) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
          }
        }
      } catch (IOException e) {
        // The client has left, or the test before this one is over.
      }
    }

    Target target() {
      return new Target.Tcp("127.0.0.1", socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket one : open) {
        one.close();
      }
    }
  }

  private static String result(String members) {
    return "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{" + members + "}}";
  }

  private static String old(JsonNode message) {
    return switch (message.path("method").asString("")) {
      case "initialize" ->
          result(
              "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{},\"prompts\":{}},\"serverInfo\":{\"name\":\"o\",\"version\":\"1\"}");
      case "tools/list" -> result("\"tools\":[]");
      default -> "";
    };
  }

  @Test
  void takesSilenceForAnOlderServer() throws Exception {
    ClientOptions.Timeouts hasty =
        new ClientOptions.Timeouts(
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    try (Lines server = new Lines((message, _) -> old(message));
        McpClient client = new McpClient(server.target(), options().withTimeouts(hasty))) {
      assertThat(client.connect().revision()).isEqualTo("2025-06-18");
    }
  }

  @Test
  void comesBackToAServerThatLeavesWhenItHearsAQuestionItDoesNotKnow() throws Exception {
    try (Lines server =
            new Lines(
                (message, _) ->
                    message.path("method").asString("").equals("server/discover")
                        ? "bye"
                        : old(message));
        McpClient client = new McpClient(server.target(), options())) {
      assertThat(client.connect().revision()).isEqualTo("2025-06-18");
      assertThat(client.state()).isEqualTo(ClientState.READY);
    }
  }

  @Test
  void connectsAgainForTheNextRequestWhenTheConnectionWasLost() throws Exception {
    try (Lines server =
            new Lines(
                (message, connection) ->
                    connection == 1 && message.path("method").asString("").equals("tools/list")
                        ? "bye"
                        : old(message));
        McpClient client =
            new McpClient(server.target(), options().withEra(EraPreference.HANDSHAKE))) {
      client.connect();
      assertThatThrownBy(client::listTools).hasMessage("the server ended the connection");
      await().untilAsserted(() -> assertThat(client.state()).isEqualTo(ClientState.CONNECTING));
      assertThat(client.listTools()).isEmpty();
      assertThat(client.state()).isEqualTo(ClientState.READY);
    }
  }

  @Test
  void saysWhichRequestIsCancelledInBothEras() throws Exception {
    for (EraPreference era : List.of(EraPreference.STATELESS, EraPreference.HANDSHAKE)) {
      List<JsonNode> cancelled = new CopyOnWriteArrayList<>();
      try (Lines server =
              new Lines(
                  (message, _) -> {
                    String method = message.path("method").asString("");
                    if (method.equals("notifications/cancelled")) {
                      cancelled.add(message.path("params"));
                    }
                    return method.equals("server/discover")
                        ? result("\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}")
                        : old(message);
                  });
          McpClient client = new McpClient(server.target(), options().withEra(era))) {
        client.connect();
        CallOptions hasty = CallOptions.DEFAULT.withTimeout(Duration.ofMillis(100));
        assertThatThrownBy(() -> client.request("prompts/get", none(), hasty))
            .isInstanceOf(RequestTimeoutException.class);
        await().untilAsserted(() -> assertThat(cancelled).hasSize(1));
        assertThat(cancelled.getFirst().path("requestId").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void keepsTheNotificationsOfASubscriptionApart() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> elsewhere = new CopyOnWriteArrayList<>();
    Handlers handlers =
        Handlers.NONE.withNotifications(notification -> elsewhere.add(notification.method()));
    String meta = "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":ID}";
    try (Lines server =
            new Lines(
                (message, _) ->
                    switch (message.path("method").asString("")) {
                      case "server/discover" ->
                          result("\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}");
                      case "subscriptions/listen" ->
                          String.join(
                              "\n",
                              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{"
                                  + meta
                                  + "}}",
                              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{"
                                  + meta
                                  + ",\"notifications\":{\"toolsListChanged\":true}}}",
                              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\",\"params\":{"
                                  + meta
                                  + "}}",
                              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}",
                              result("\"resultType\":\"complete\"," + meta));
                      default -> "";
                    });
        McpClient client =
            new McpClient(
                server.target(),
                options().withEra(EraPreference.STATELESS).withHandlers(handlers))) {
      client.connect();
      Subscription subscription =
          client.listen(
              none().put("toolsListChanged", true),
              notification -> heard.add(notification.method()));
      assertThat(subscription.acknowledged().path("toolsListChanged").asBoolean()).isTrue();
      assertThat(subscription.ended().join()).isTrue();
      // What came before the acknowledgement does not count.
      assertThat(heard).containsExactly("notifications/prompts/list_changed");
      assertThat(elsewhere).containsExactly("notifications/message");
    }
  }

  @Test
  void neverAnswersARequestOfAServerOfTheStatelessEra() throws Exception {
    List<JsonNode> answers = new CopyOnWriteArrayList<>();
    try (Lines server =
            new Lines(
                (message, _) -> {
                  if (message.path("method").asString("").isEmpty()) {
                    answers.add(message);
                  }
                  return switch (message.path("method").asString("")) {
                    case "server/discover" ->
                        result("\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}");
                    case "prompts/list" ->
                        "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}\n"
                            + result("\"prompts\":[]");
                    default -> "";
                  };
                });
        McpClient client =
            new McpClient(server.target(), options().withEra(EraPreference.STATELESS))) {
      client.connect();
      client.listPrompts();
      client.listPrompts();
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void stopsWalkingPagesThatDoNotEnd() throws Exception {
    try (Lines server =
            new Lines(
                (message, _) ->
                    message.path("method").asString("").equals("server/discover")
                        ? result("\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}")
                        : result("\"prompts\":[],\"nextCursor\":\"again\""));
        McpClient client =
            new McpClient(server.target(), options().withEra(EraPreference.STATELESS))) {
      client.connect();
      assertThatThrownBy(client::listPrompts).hasMessageContaining("does not end");
      assertThat(new ArrayList<>(server.heard)).hasSize(1_001);
    }
  }
}

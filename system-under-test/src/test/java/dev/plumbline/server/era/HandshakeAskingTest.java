package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.RecordedSink;
import dev.plumbline.server.support.SessionClient;
import dev.plumbline.server.support.SessionClient.Exchange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HandshakeAskingTest {
  private static final String URL_FORM =
      "{\"mode\":\"url\",\"url\":\"https://example.org/\",\"elicitationId\":\"e1\","
          + "\"message\":\"Please sign in.\"}";

  private final SessionClient client = new SessionClient(offered());

  private static McpServer offered() {
    McpServer server = McpServer.named("test", "1");
    asking(server, "roots", "roots/list", "{}");
    asking(server, "sample", "sampling/createMessage", "{\"includeContext\":\"allServers\"}");
    asking(server, "sample_tools", "sampling/createMessage", "{\"tools\":[]}");
    asking(server, "form", "elicitation/create", "{\"mode\":\"form\",\"message\":\"?\"}");
    asking(server, "url", "elicitation/create", URL_FORM);
    asking(server, "hello", "ping", "{}");
    asking(server, "other", "tools/list", "{}");
    server.tool(
        "both",
        "Asks twice at once.",
        (_, call) -> {
          Map<String, ClientRequest> questions = new LinkedHashMap<>();
          questions.put("a", request("ping", "{}"));
          questions.put("b", request("roots/list", "{}"));
          Map<String, ObjectNode> answers = call.ask(questions);
          return answers.get("a") + " " + answers.get("b");
        });
    server.tool(
        "impatient",
        "Asks and waits a millisecond.",
        (_, call) -> {
          HandshakeContext context = (HandshakeContext) call.context();
          return context
              .asking(Duration.ofMillis(1))
              .ask(Map.of("k", request("ping", "{}")))
              .toString();
        });
    server.tool(
        "sign_in",
        "Needs a URL to be opened first.",
        (_, _) -> {
          throw new RpcException(RpcError.of(ErrorCode.URL_ELICITATION_REQUIRED));
        });
    return server;
  }

  private static void asking(McpServer server, String tool, String method, String params) {
    server.tool(
        tool,
        "Asks for " + method + ".",
        (_, call) -> call.ask("k", request(method, params)).toString());
  }

  private static ClientRequest request(String method, String params) {
    return new ClientRequest(method, (ObjectNode) new JsonMapper().readTree(params));
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private Exchange asked(String tool) {
    Exchange call = client.tool("\"" + tool + "\"", tool);
    await().until(() -> !questions(call.sink()).isEmpty() || call.answer().isDone());
    return call;
  }

  private static List<JsonNode> questions(RecordedSink sink) {
    return sink.messages().stream()
        .filter(message -> message.has("id") && message.has("method"))
        .toList();
  }

  private void answer(JsonNode question, String member, String value) {
    assertThat(
            client
                .send(
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                        + question.get("id")
                        + ",\""
                        + member
                        + "\":"
                        + value
                        + "}")
                .status())
        .isEqualTo(202);
  }

  private static String text(Exchange call) {
    return call.last().at("/result/content/0/text").asString();
  }

  @Test
  void theAnswerComesInAnotherRequest() {
    Session session = client.open("2025-11-25", "{\"roots\":{}}");
    Exchange call = asked("roots");
    assertThat(call.answer()).isNotDone();
    answer(questions(call.sink()).getFirst(), "result", "{\"roots\":[]}");
    assertThat(text(call)).isEqualTo("{\"roots\":[]}");
    assertThat(session.asks().count()).isZero();
  }

  @Test
  void severalQuestionsAreAskedAtOnceAndAnsweredInAnyOrder() {
    client.open("2025-11-25", "{\"roots\":{}}");
    Exchange call = client.tool("1", "both");
    await().until(() -> questions(call.sink()).size() == 2);
    answer(questions(call.sink()).get(1), "result", "{\"roots\":[]}");
    answer(questions(call.sink()).get(0), "result", "{\"n\":1}");
    assertThat(text(call)).isEqualTo("{\"n\":1} {\"roots\":[]}");
  }

  @Test
  void theErrorOfTheClientEndsTheRequest() {
    client.open("2025-11-25", "{\"sampling\":{}}");
    Exchange call = asked("sample");
    answer(questions(call.sink()).getFirst(), "error", "{\"code\":-1,\"message\":\"no\"}");
    assertThat(call.last().at("/error/code").asInt()).isEqualTo(-1);
  }

  @Test
  void whenOneAnswerIsAnErrorTheOtherQuestionIsCancelled() {
    Session session = client.open("2025-11-25", "{\"roots\":{}}");
    Exchange call = client.tool("1", "both");
    await().until(() -> questions(call.sink()).size() == 2);
    answer(questions(call.sink()).get(0), "error", "{\"code\":-1,\"message\":\"no\"}");
    call.await();
    assertThat(call.sink().calls("notifications/cancelled"))
        .extracting(message -> message.at("/params/requestId"))
        .isEqualTo(List.of(questions(call.sink()).get(1).get("id")));
    assertThat(session.asks().count()).isZero();
  }

  @Test
  void aQuestionIsWithdrawnWhenTheClientTakesTooLong() {
    Session session = client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "impatient");
    assertThat(call.last().at("/error/code").asInt()).isEqualTo(-31504);
    assertThat(call.sink().calls("notifications/cancelled")).hasSize(1);
    assertThat(session.asks().count()).isZero();
    answer(questions(call.sink()).getFirst(), "result", "{}");
  }

  @Test
  void cancellingTheRequestWithdrawsItsQuestions() {
    Session session = client.open("2025-11-25", "{}");
    Exchange call = asked("hello");
    client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":\"hello\"}}");
    call.await();
    assertThat(call.sink().calls("notifications/cancelled")).hasSize(1);
    assertThat(call.sink().messages()).noneMatch(message -> message.has("result"));
    assertThat(session.asks().count()).isZero();
  }

  @Test
  void theEndOfTheSessionEndsTheWait() {
    Session session = client.open("2025-11-25", "{}");
    Exchange call = asked("hello");
    client.delete();
    call.await();
    assertThat(session.asks().count()).isZero();
  }

  @Test
  void theAnswerOfAnotherSessionIsNoAnswer() {
    client.open("2025-11-25", "{}");
    Exchange call = asked("hello");
    client.open("2025-11-25", "{}");
    answer(questions(call.sink()).getFirst(), "result", "{}");
    assertThat(call.answer()).isNotDone();
    call.thread().interrupt();
  }

  @Test
  void aQuestionSurvivesItsConnection() {
    client.open("2025-11-25", "{}");
    RecordedSink dying = new RecordedSink(1);
    Exchange call = client.start(SessionClient.tooling("1", "hello"), dying);
    await().until(() -> !dying.open());
    Exchange back = client.resume(dying.ids().getFirst(), new RecordedSink());
    await().until(() -> !questions(back.sink()).isEmpty());
    answer(questions(back.sink()).getFirst(), "result", "{}");
    call.await();
    back.await();
    assertThat(back.sink().messages().getLast().at("/result/content/0/text").asString())
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-11-25|{}|roots",
        "2025-11-25|{}|sample",
        "2025-11-25|{}|form",
        "2025-11-25|{\"sampling\":{}}|sample_tools",
        "2025-11-25|{\"elicitation\":{}}|url",
        "2025-11-25|{\"elicitation\":{\"url\":{}}}|form",
        "2025-06-18|{\"elicitation\":{\"url\":{}}}|url",
        "2025-06-18|{\"sampling\":{\"tools\":{}}}|sample_tools",
        "2025-03-26|{\"elicitation\":{}}|form",
        "2025-11-25|{\"tools\":{}}|other"
      })
  void aClientIsNotAskedForWhatItDidNotDeclare(String revision, String capabilities, String tool) {
    client.open(revision, capabilities);
    Exchange call = client.tool("1", tool);
    assertThat(call.last().at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(call.await().status()).isEqualTo(200);
    assertThat(call.sink().events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-11-05|{\"roots\":{}}|roots",
        "2024-11-05|{\"sampling\":{}}|sample",
        "2025-11-25|{\"sampling\":{\"tools\":{}}}|sample_tools",
        "2025-06-18|{\"elicitation\":{}}|form",
        "2025-11-25|{\"elicitation\":{}}|form",
        "2025-11-25|{\"elicitation\":{\"form\":{}}}|form",
        "2025-11-25|{\"elicitation\":{\"url\":{}}}|url"
      })
  void aClientIsAskedForWhatItDeclared(String revision, String capabilities, String tool) {
    client.open(revision, capabilities);
    Exchange call = asked(tool);
    JsonNode question = questions(call.sink()).getFirst();
    String lawful = lawful(question.path("method").asString());
    answer(question, "result", lawful);
    assertThat(text(call)).isEqualTo(lawful);
    boolean modes = revision.equals("2025-11-25") && question.at("/params/message").isString();
    assertThat(question.path("params").has("mode")).isEqualTo(modes);
    assertThat(question.path("params").has("includeContext"))
        .isEqualTo(revision.equals("2024-11-05") && tool.equals("sample"));
  }

  private static String lawful(String method) {
    return switch (method) {
      case "roots/list" -> "{\"roots\":[]}";
      case "elicitation/create" -> "{\"action\":\"decline\"}";
      default ->
          "{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"t\"}}";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roots|{\"roots\":[{\"uri\":\"https://a.example\"}]}",
        "sample|{\"role\":\"system\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"t\"}}",
        "sample|{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"smell\"}}",
        "form|{\"action\":\"accept\"}"
      })
  void anAnswerThatDoesNotFitItsQuestionEndsTheCall(String tool, String unfit) {
    client.open("2025-11-25", "{\"roots\":{},\"sampling\":{},\"elicitation\":{}}");
    Exchange call = asked(tool);
    answer(questions(call.sink()).getFirst(), "result", unfit);
    assertThat(call.last().at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void onlySoManyQuestionsWait() {
    Session session = client.open("2025-11-25", "{}");
    for (int i = 0; i < Limits.MAX_ASKS; i++) {
      assertThat(session.asks().open()).isPresent();
    }
    assertThat(client.tool("1", "hello").last().at("/error/code").asInt()).isEqualTo(-31429);
  }

  @Test
  void theCompletionOfAnElicitationIsToldToTheClientThatWasAsked() {
    client.open("2025-11-25", "{\"elicitation\":{\"url\":{}}}");
    Exchange call = asked("url");
    answer(questions(call.sink()).getFirst(), "result", "{\"action\":\"accept\"}");
    call.await();
    Exchange get = client.listen(new RecordedSink());
    client.core().handshake().completeElicitation("e1");
    client.core().handshake().completeElicitation("e1");
    await().until(() -> !get.sink().messages().isEmpty());
    assertThat(get.sink().calls("notifications/elicitation/complete"))
        .extracting(message -> message.at("/params/elicitationId").asString())
        .isEqualTo(List.of("e1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-11-25|{\"elicitation\":{\"url\":{}}}|-32042",
        "2025-11-25|{\"elicitation\":{}}|-32600",
        "2025-06-18|{\"elicitation\":{\"url\":{}}}|-32600"
      })
  void onlyAClientThatOpensUrlsIsSentToOne(String revision, String capabilities, int code) {
    client.open(revision, capabilities);
    assertThat(client.tool("1", "sign_in").last().at("/error/code").asInt()).isEqualTo(code);
  }
}

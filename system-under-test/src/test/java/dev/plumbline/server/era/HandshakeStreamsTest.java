package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.RecordedSink;
import dev.plumbline.server.support.SessionClient;
import dev.plumbline.server.support.SessionClient.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandshakeStreamsTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final SessionClient client = new SessionClient(offered());

  private McpServer offered() {
    return McpServer.named("test", "1")
        .resource("test://one", "one", "text/plain", "1")
        .tool("silent", "Says nothing ahead.", (_, _) -> "done")
        .tool(
            "chatty",
            "Logs at two levels.",
            (_, call) -> {
              call.log(dev.plumbline.server.feature.LogLevel.DEBUG, "detail");
              call.log("first");
              goOn.await();
              call.log("second");
              return "done";
            })
        .tool(
            "polled",
            "Lets its client poll.",
            (_, call) -> {
              call.log("before");
              call.disconnect();
              goOn.await();
              call.log("after");
              return "done";
            })
        .tool(
            "steps",
            "Reports progress back and forth.",
            (_, call) -> {
              for (double done : new double[] {1, 1, 0.5, 2, 3}) {
                call.progress(done, 3, "step");
              }
              return "done";
            });
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    client.close();
  }

  private Exchange listening() {
    Exchange get = client.listen(new RecordedSink());
    await().until(() -> !get.sink().ids().isEmpty());
    return get;
  }

  private void announce(Change change) {
    client.core().parts().features().offerings().announce(change);
  }

  private static List<String> texts(RecordedSink sink) {
    return sink.calls("notifications/message").stream()
        .map(message -> message.at("/params/data").asString())
        .toList();
  }

  @Test
  void aRequestThatSaysNothingAheadIsAnsweredWithJson() {
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "silent");
    assertThat(call.last().at("/result/content/0/text").asString()).isEqualTo("done");
    assertThat(call.sink().events()).isEmpty();
  }

  @Test
  void theAnswerIsTheLastEventOfAStreamThatBegan() {
    goOn.countDown();
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "chatty");
    assertThat(call.last().at("/result/content/0/text").asString()).isEqualTo("done");
    assertThat(texts(call.sink())).containsExactly("first", "second");
    assertThat(call.sink().events().getFirst().data()).as("priming event").isEmpty();
    assertThat(new HashSet<>(call.sink().ids())).hasSize(call.sink().events().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18"})
  void olderClientsGetNoEventWithoutAMessage(String revision) {
    goOn.countDown();
    client.open(revision, "{}");
    Exchange call = client.tool("1", "chatty");
    call.await();
    assertThat(call.sink().events()).hasSize(3).allMatch(event -> event.data().length > 0);
    Exchange get = client.listen(new RecordedSink());
    announce(new Change.ToolsListChanged());
    await().until(() -> get.sink().events().size() == 1);
  }

  @Test
  void logMessagesFollowTheLevelOfTheSession() {
    goOn.countDown();
    client.open("2025-11-25", "{}");
    assertThat(client.call("1", "logging/setLevel", "\"level\":\"debug\"").path("result"))
        .isEmpty();
    Exchange all = client.tool("2", "chatty");
    all.await();
    assertThat(texts(all.sink())).containsExactly("detail", "first", "second");
    client.call("3", "logging/setLevel", "\"level\":\"warning\"");
    Exchange none = client.tool("4", "chatty");
    none.await();
    assertThat(none.sink().events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"level\":\"loud\"", "\"level\":3", ""})
  void aBadLogLevelIsRefused(String params) {
    client.open("2025-11-25", "{}");
    assertThat(client.call("1", "logging/setLevel", params).at("/error/code").asInt())
        .isEqualTo(-32602);
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25,true", "2024-11-05,false"})
  void progressOnlyGrowsAndOnlyWithAToken(String revision, boolean withMessage) {
    client.open(revision, "{}");
    Exchange asked =
        client.start(
            legacy("1", "tools/call", "\"name\":\"steps\",\"_meta\":{\"progressToken\":\"t\"}"));
    asked.await();
    List<JsonNode> steps = asked.sink().calls("notifications/progress");
    assertThat(steps)
        .extracting(step -> step.at("/params/progress").asInt())
        .isEqualTo(List.of(1, 2, 3));
    assertThat(steps).allMatch(step -> step.at("/params/progressToken").asString().equals("t"));
    assertThat(steps).allMatch(step -> step.path("params").has("message") == withMessage);
    Exchange unasked = client.tool("2", "steps");
    unasked.await();
    assertThat(unasked.sink().events()).isEmpty();
  }

  @Test
  void aLostConnectionDoesNotCancelAndTheAnswerWaitsForTheClient() {
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "chatty");
    await().until(() -> call.sink().messages().size() == 1);
    call.sink().cut();
    goOn.countDown();
    call.await();
    Exchange back = client.resume(call.sink().ids().getLast(), new RecordedSink());
    assertThat(back.await().body()).isInstanceOf(Answer.Body.Streamed.class);
    assertThat(texts(back.sink())).containsExactly("second");
    assertThat(back.sink().messages().getLast().path("id").asInt()).isEqualTo(1);
    assertThat(back.sink().ids()).doesNotContainAnyElementsOf(call.sink().ids());
  }

  @Test
  void aToolCanLetItsClientPoll() {
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "polled");
    await().until(call.sink()::ended);
    assertThat(call.sink().events().getLast().retry()).isEqualTo(Limits.RECONNECT);
    Exchange back = client.resume(call.sink().ids().getLast(), new RecordedSink());
    goOn.countDown();
    back.await();
    assertThat(texts(back.sink())).containsExactly("after");
    assertThat(back.sink().messages().getLast().path("id").asInt()).isEqualTo(1);
  }

  @Test
  void pollingIsUnknownToOlderClients() {
    goOn.countDown();
    client.open("2025-06-18", "{}");
    Exchange call = client.tool("1", "polled");
    call.await();
    assertThat(texts(call.sink())).containsExactly("before", "after");
    assertThat(call.sink().events()).allMatch(event -> event.retry() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9-1", "1-99", "nonsense", "01-0", "zzzzzzzzzzzzzz-1", "1"})
  void anUnknownEventCannotBeResumedAfter(String id) {
    goOn.countDown();
    client.open("2025-11-25", "{}");
    client.tool("1", "chatty").await();
    assertThat(client.resume(id, new RecordedSink()).await().status()).isEqualTo(400);
  }

  @Test
  void theEventsOfOneSessionSayNothingInAnother() {
    goOn.countDown();
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("1", "chatty");
    call.await();
    client.open("2025-11-25", "{}");
    assertThat(client.resume(call.sink().ids().getFirst(), new RecordedSink()).await().status())
        .isEqualTo(400);
  }

  @Test
  void aMessageOutsideRequestsGoesToExactlyOneStream() {
    client.open("2025-11-25", "{}");
    List<Exchange> gets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gets.add(listening());
    }
    announce(new Change.PromptsListChanged());
    String method = "notifications/prompts/list_changed";
    await().until(() -> gets.stream().anyMatch(get -> !get.sink().calls(method).isEmpty()));
    assertThat(gets.stream().mapToInt(get -> get.sink().calls(method).size()).sum()).isOne();
  }

  @Test
  void newsWaitForAClientThatListens() {
    Session session = client.open("2025-11-25", "{}");
    announce(new Change.ToolsListChanged());
    announce(new Change.ToolsListChanged());
    announce(new Change.ResourcesListChanged());
    assertThat(session.mailbox().waiting()).isEqualTo(2);
    Exchange get = listening();
    await().until(() -> get.sink().messages().size() == 2);
    assertThat(session.mailbox().waiting()).isZero();
  }

  @Test
  void fewMessagesWaitAndTheOldestGoFirst() {
    Session session = client.open("2025-11-25", "{}");
    for (int i = 0; i < Limits.MAX_WAITING_MESSAGES + 5; i++) {
      session
          .mailbox()
          .post(("{\"n\":" + i + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Exchange get = listening();
    await().until(() -> get.sink().messages().size() == Limits.MAX_WAITING_MESSAGES);
    assertThat(get.sink().messages().getFirst().path("n").asInt()).isEqualTo(5);
  }

  @Test
  void aListeningClientComesBackToItsStream() {
    client.open("2025-11-25", "{}");
    Exchange get = listening();
    announce(new Change.ToolsListChanged());
    await().until(() -> get.sink().messages().size() == 1);
    get.thread().interrupt();
    get.await();
    announce(new Change.PromptsListChanged());
    Exchange back = client.resume(get.sink().ids().getFirst(), new RecordedSink());
    await().until(() -> back.sink().messages().size() == 2);
    assertThat(back.sink().messages())
        .extracting(message -> message.path("method").asString())
        .containsExactly("notifications/tools/list_changed", "notifications/prompts/list_changed");
  }

  @Test
  void aSecondConnectionTakesAStreamOver() {
    client.open("2025-11-25", "{}");
    Exchange get = listening();
    Exchange second = client.resume(get.sink().ids().getFirst(), new RecordedSink());
    get.await();
    await().until(get.sink()::ended);
    announce(new Change.ToolsListChanged());
    await().until(() -> second.sink().messages().size() == 1);
    assertThat(get.sink().messages()).isEmpty();
  }

  @Test
  void onlySoManyStreamsListen() {
    Session session = client.open("2025-11-25", "{}");
    List<Exchange> gets = new ArrayList<>();
    for (int i = 0; i < Limits.MAX_LISTENING; i++) {
      gets.add(listening());
    }
    assertThat(client.listen(new RecordedSink()).await().status()).isEqualTo(429);
    gets.getFirst().thread().interrupt();
    gets.getFirst().await();
    listening();
    assertThat(session.streams().count()).isEqualTo(Limits.MAX_LISTENING);
  }

  @Test
  void listeningNeedsALivingSessionAndTheRightAccept() {
    client.header("Mcp-Session-Id", "nobody");
    assertThat(client.listen(new RecordedSink()).await().status()).isEqualTo(404);
    client.open("2025-11-25", "{}");
    client.header("MCP-Protocol-Version", "1900-01-01");
    assertThat(client.listen(new RecordedSink()).await().status()).isEqualTo(400);
    client.header("MCP-Protocol-Version", "2025-11-25");
    client.header("Accept", "application/json");
    assertThat(client.listen(new RecordedSink()).await().status()).isEqualTo(406);
  }

  @Test
  void aClientThatTakesNoStreamGetsItsAnswerAlone() {
    goOn.countDown();
    client.open("2025-11-25", "{}");
    client.header("Accept", "application/json");
    Exchange call = client.tool("1", "chatty");
    assertThat(call.last().at("/result/content/0/text").asString()).isEqualTo("done");
    assertThat(call.sink().events()).isEmpty();
  }

  @Test
  void deleteEndsEveryStreamOfTheSession() {
    Session session = client.open("2025-11-25", "{}");
    Exchange get = listening();
    Exchange call = client.tool("1", "chatty");
    await().until(() -> !call.sink().messages().isEmpty());
    assertThat(client.delete().status()).isEqualTo(204);
    get.await();
    call.await();
    assertThat(get.sink().ended()).isTrue();
    assertThat(call.sink().messages()).hasSize(1);
    assertThat(session.streams().count()).isZero();
    assertThat(session.inFlight().count()).isZero();
    assertThat(client.core().sessions().replayBudget().held()).isZero();
  }

  @Test
  void aCancelledRequestIsNeverAnsweredOnItsStream() {
    client.open("2025-11-25", "{}");
    Exchange call = client.tool("7", "chatty");
    await().until(() -> !call.sink().messages().isEmpty());
    client.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":7}}");
    call.await();
    assertThat(call.sink().messages()).hasSize(1).noneMatch(message -> message.has("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"init\"", "99", "null", "{}"})
  void aCancellationOfNothingThatRunsIsIgnored(String id) {
    client.open("2025-11-25", "{}");
    Answer answer =
        client.send(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                + "\"params\":{\"requestId\":"
                + id
                + "}}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(client.call("1", "ping", "").path("result")).isEmpty();
  }

  @Test
  void aBatchSpeaksOnOneStreamAndAnswersInOneArray() {
    goOn.countDown();
    client.open("2025-03-26", "{}");
    Exchange batch =
        client.start(
            "[" + SessionClient.tooling("1", "chatty") + "," + legacy("2", "ping", "") + "]");
    JsonNode answers = batch.last();
    assertThat(answers.isArray()).isTrue();
    assertThat(answers).extracting(one -> one.path("id").asInt()).isEqualTo(List.of(1, 2));
    assertThat(texts(batch.sink())).containsExactly("first", "second");
  }

  @Test
  void subscribersHearOfTheirResourceOnly() {
    Session session = client.open("2025-11-25", "{}");
    Exchange get = listening();
    assertThat(client.call("1", "resources/subscribe", "\"uri\":\"test://one\"").has("result"))
        .isTrue();
    announce(new Change.ResourceUpdated("test://two"));
    announce(new Change.ResourceUpdated("test://one"));
    await().until(() -> !get.sink().messages().isEmpty());
    assertThat(get.sink().calls("notifications/resources/updated"))
        .extracting(message -> message.at("/params/uri").asString())
        .isEqualTo(List.of("test://one"));
    client.call("2", "resources/unsubscribe", "\"uri\":\"test://one\"");
    assertThat(session.subscriptions().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"resources/subscribe", "resources/unsubscribe"})
  void subscriptionsNeedAKnownResource(String method) {
    client.open("2025-11-25", "{}");
    assertThat(client.call("1", method, "\"uri\":\"test://none\"").at("/error/code").asInt())
        .isEqualTo(-32002);
    assertThat(client.call("2", method, "\"uri\":1").at("/error/code").asInt()).isEqualTo(-32602);
  }
}

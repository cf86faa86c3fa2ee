package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.support.EventReader;
import dev.plumbline.server.support.Modern;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class StatelessTasksTest {
  private final TaskServer server = new TaskServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String started(String tool, String arguments) {
    return server.call(tool, arguments).path("result").path("taskId").asString();
  }

  @Test
  void theExtensionIsAdvertisedAndTheOldCapabilityIsNot() {
    JsonNode capabilities =
        server.modern("", "server/discover", "", "").json().path("result").path("capabilities");
    assertThat(capabilities.path("extensions").path(StatelessTasks.EXTENSION).isObject()).isTrue();
    assertThat(capabilities.has("tasks")).isFalse();
  }

  @Test
  void aTaskIsFlatAndCarriesNeitherResultNorOldFields() {
    JsonNode created = server.call("slow_compute", "\"seconds\":30,\"label\":\"x\"").path("result");
    assertThat(created.path("resultType").asString()).isEqualTo("task");
    assertThat(created.path("status").asString()).isEqualTo("working");
    assertThat(created.path("ttlMs").asLong()).isPositive();
    assertThat(created.path("pollIntervalMs").asLong()).isPositive();
    assertThat(Instant.parse(created.path("createdAt").asString()))
        .isBeforeOrEqualTo(Instant.parse(created.path("lastUpdatedAt").asString()));
    for (String absent : new String[] {"task", "result", "error", "ttl", "pollInterval"}) {
      assertThat(created.has(absent)).as(absent).isFalse();
    }
    String id = created.path("taskId").asString();
    JsonNode seen = server.task("tasks/get", id, "").path("result");
    assertThat(seen.path("resultType").asString()).isEqualTo("complete");
    assertThat(seen.path("status").asString()).isEqualTo("working");
  }

  @Test
  void aFinishedTaskCarriesExactlyTheResultOfTheCall() {
    String id = started("slow_compute", "\"seconds\":0,\"label\":\"quick\"");
    JsonNode done = server.until("completed", id);
    assertThat(done.at("/result/content/0/text").asString()).startsWith("quick took");
    assertThat(done.at("/result/_meta/io.modelcontextprotocol~1related-task").isMissingNode())
        .isTrue();
  }

  @Test
  void aToolThatTakesNoTasksIsAnsweredAtOnce() {
    JsonNode answer = server.call("greet", "\"name\":\"Ann\"").path("result");
    assertThat(answer.path("resultType").asString()).isEqualTo("complete");
    assertThat(answer.at("/content/0/text").asString()).isEqualTo("Hello, Ann!");
  }

  @Test
  void withoutTheExtensionAnOptionalTaskRunsAtOnce() {
    String params = "\"name\":\"slow_compute\",\"arguments\":{\"seconds\":0,\"label\":\"x\"}";
    JsonNode answer = server.modern("", "tools/call", params, "slow_compute").json();
    assertThat(answer.at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(server.core().tasks().count()).isZero();
  }

  @Test
  void withoutTheExtensionAToolThatNeedsTasksIsRefused() {
    var response = server.modern("", "tools/call", "\"name\":\"failing_job\"", "failing_job");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.errorCode()).isEqualTo(-32021);
    assertThat(
            response
                .json()
                .at("/error/data/requiredCapabilities/extensions")
                .path(StatelessTasks.EXTENSION)
                .isObject())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void withoutTheExtensionTheTaskMethodsAreRefused(String method) {
    String id = started("slow_compute", "\"seconds\":30,\"label\":\"x\"");
    String params = "\"taskId\":\"" + id + "\",\"inputResponses\":{}";
    assertThat(server.modern("", method, params, id).errorCode()).isEqualTo(-32021);
    assertThat(server.task(method, id, ",\"inputResponses\":{}").has("result")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void anUnknownTaskIsRefused(String method) {
    JsonNode answer = server.task(method, "nobody", ",\"inputResponses\":{}");
    assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/result", "tasks/list"})
  void theMethodsOfTheOtherEraAreUnknown(String method) {
    var response = server.modern(TaskServer.EXTENSION, method, "\"taskId\":\"x\"", "x");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.errorCode()).isEqualTo(-32601);
  }

  @Test
  void theNameHeaderMustBeTheTaskId() {
    String id = started("slow_compute", "\"seconds\":30,\"label\":\"x\"");
    String params = "\"taskId\":\"" + id + "\"";
    assertThat(server.modern(TaskServer.EXTENSION, "tasks/get", params, "other").errorCode())
        .isEqualTo(-32020);
    assertThat(server.modern(TaskServer.EXTENSION, "tasks/get", params, "").errorCode())
        .isEqualTo(-32020);
    assertThat(server.modern(TaskServer.EXTENSION, "tasks/get", params, id).errorCode()).isZero();
  }

  @Test
  void aToolErrorCompletesAndAProtocolErrorFails() {
    JsonNode completed = server.until("completed", started("failing_job", ""));
    assertThat(completed.at("/result/isError").asBoolean()).isTrue();
    JsonNode failed = server.until("failed", started("protocol_error_job", ""));
    assertThat(failed.at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(failed.path("statusMessage").asString("")).isNotEmpty();
    assertThat(failed.has("result")).isFalse();
  }

  @Test
  void cancellingIsAcknowledgedEmptyAndAsOftenAsItIsAsked() {
    String id = started("slow_compute", "\"seconds\":30,\"label\":\"x\"");
    for (int i = 0; i < 2; i++) {
      JsonNode ack = server.task("tasks/cancel", id, "").path("result");
      assertThat(ack.path("resultType").asString()).isEqualTo("complete");
      assertThat(ack.has("status") || ack.has("taskId")).isFalse();
      server.until("cancelled", id);
    }
  }

  @Test
  void everyQuestionMustBeAnsweredAndStrangeAnswersAreIgnored() {
    String id = started("multi_input", "");
    JsonNode asking = server.until("input_required", id);
    assertThat(asking.path("inputRequests").propertyNames())
        .containsExactlyInAnyOrder("user_name", "favorite_color");
    assertThat(asking.at("/inputRequests/user_name/method").asString())
        .isEqualTo("elicitation/create");
    String one =
        ",\"inputResponses\":{\"user_name\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}},"
            + "\"strange\":{\"action\":\"accept\"}}";
    assertThat(server.task("tasks/update", id, one).at("/result/resultType").asString())
        .isEqualTo("complete");
    JsonNode left = server.until("input_required", id);
    assertThat(left.path("inputRequests").propertyNames()).containsExactly("favorite_color");
    server.task(
        "tasks/update", id, ",\"inputResponses\":{\"favorite_color\":{\"action\":\"decline\"}}");
    JsonNode done = server.until("completed", id);
    assertThat(done.has("inputRequests")).isFalse();
    assertThat(done.at("/result/content/0/text").asString()).contains("user_name");
  }

  @Test
  void answersMustBeObjects() {
    String id = started("confirm_delete", "\"filename\":\"f\"");
    for (String wrong :
        new String[] {"", ",\"inputResponses\":7", ",\"inputResponses\":{\"confirm\":1}"}) {
      assertThat(server.task("tasks/update", id, wrong).at("/error/code").asInt())
          .as(wrong)
          .isEqualTo(-32602);
    }
  }

  @Test
  void aClientThatCannotBeAskedGetsAFailedTask() {
    String params = "\"name\":\"confirm_delete\",\"arguments\":{\"filename\":\"f\"}";
    JsonNode created =
        server.modern(TaskServer.EXTENSION, "tools/call", params, "confirm_delete").json();
    JsonNode failed = server.until("failed", created.at("/result/taskId").asString());
    assertThat(failed.at("/error/code").asInt()).isEqualTo(-32021);
  }

  @Test
  void argumentsThatDoNotFitCompleteWithAToolError() {
    JsonNode done = server.until("completed", started("slow_compute", "\"seconds\":\"many\""));
    assertThat(done.at("/result/isError").asBoolean()).isTrue();
  }

  @Test
  void anUnknownToolMakesNoTask() {
    assertThat(server.call("nothing", "").at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(server.core().tasks().count()).isZero();
  }

  private static Modern listening(String id, String capabilities) {
    return Modern.of("subscriptions/listen", "'notifications':{'taskIds':['" + id + "','nobody']}")
        .can(capabilities);
  }

  @Test
  void whoListensForATaskIsToldOfEveryChange() throws IOException {
    String id = started("confirm_delete", "\"filename\":\"f\"");
    server.until("input_required", id);
    String declared = TaskServer.EXTENSION.replace('"', '\'');
    try (EventReader stream = new EventReader(server.port(), listening(id, declared))) {
      assertThat(stream.next().at("/params/notifications/taskIds").toString())
          .isEqualTo("[\"" + id + "\"]");
      server.task("tasks/cancel", id, "");
      JsonNode frame = stream.next();
      while (!frame.at("/params/status").asString("").equals("cancelled")) {
        assertThat(frame.path("method").asString()).isEqualTo("notifications/tasks");
        frame = stream.next();
      }
      assertThat(frame.at("/params/taskId").asString()).isEqualTo(id);
    }
  }

  @Test
  void listeningForTasksNeedsTheExtension() {
    var response =
        server.modern("", "subscriptions/listen", "\"notifications\":{\"taskIds\":[\"x\"]}", "");
    assertThat(response.errorCode()).isEqualTo(-32021);
  }
}

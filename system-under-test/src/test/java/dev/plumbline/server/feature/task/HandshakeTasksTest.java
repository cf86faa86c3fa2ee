package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class HandshakeTasksTest {
  private static final String NEWEST = "2025-11-25";
  private static final String RELATED = "/_meta/io.modelcontextprotocol~1related-task/taskId";
  private static final String TASK = ",\"task\":{\"ttl\":60000}";

  private final TaskServer server = new TaskServer();
  private String session = "";

  @BeforeEach
  void open() {
    session = server.session(NEWEST);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode call(String tool, String arguments, String more) {
    return server.legacy(
        session,
        "tools/call",
        "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "}" + more);
  }

  private JsonNode slow(String seconds) {
    return call("slow_compute", "\"seconds\":" + seconds + ",\"label\":\"x\"", TASK)
        .at("/result/task");
  }

  private JsonNode ask(String method, String id) {
    return server.legacy(session, method, "\"taskId\":\"" + id + "\"");
  }

  @Test
  void aClientInAHurryDoesNotCloseTheToolForTheOthers() {
    List<String> hurried = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      JsonNode made =
          call("slow_compute", "\"seconds\":20,\"label\":\"x\"", ",\"task\":{\"ttl\":200}");
      hurried.add(made.at("/result/task/taskId").asString());
    }
    for (String id : hurried) {
      assertThat(ask("tasks/result", id).at("/error/message").asString())
          .isIn("Deadline exceeded", "Invalid params: no such task, or it has expired");
    }
    assertThat(slow("0.02").path("status").asString("")).isEqualTo("working");
    JsonNode breaker = server.operator().ask("GET", "/breakers/tool:slow_compute", "").json();
    assertThat(breaker.path("state").asString()).isEqualTo("closed");
  }

  @Test
  void onlyTheNewestRevisionDeclaresTasks() {
    JsonNode declared = server.initialized(NEWEST).at("/capabilities/tasks");
    assertThat(declared.path("list").isObject()).isTrue();
    assertThat(declared.path("cancel").isObject()).isTrue();
    assertThat(declared.at("/requests/tools/call").isObject()).isTrue();
    assertThat(server.initialized("2025-06-18").at("/capabilities/tasks").isMissingNode()).isTrue();
  }

  @Test
  void onlyTheNewestRevisionListsTaskSupport() {
    assertThat(support(server.legacy(session, "tools/list", ""), "slow_compute"))
        .isEqualTo("optional");
    assertThat(support(server.legacy(session, "tools/list", ""), "failing_job"))
        .isEqualTo("required");
    assertThat(support(server.legacy(session, "tools/list", ""), "greet")).isEmpty();
    String older = server.session("2025-06-18");
    assertThat(support(server.legacy(older, "tools/list", ""), "slow_compute")).isEmpty();
  }

  private static String support(JsonNode list, String name) {
    for (JsonNode tool : list.at("/result/tools")) {
      if (tool.path("name").asString("").equals(name)) {
        return tool.at("/execution/taskSupport").asString("");
      }
    }
    throw new AssertionError(name + " is not listed");
  }

  @Test
  void aTaskBeginsWorkingWithTheTimeToLiveItGot() {
    JsonNode task = slow("30");
    assertThat(task.path("status").asString()).isEqualTo("working");
    assertThat(task.path("ttl").asLong()).isEqualTo(60_000);
    assertThat(task.path("pollInterval").asLong()).isPositive();
    assertThat(task.path("createdAt").asString("")).endsWith("Z");
    assertThat(task.path("lastUpdatedAt").asString("")).endsWith("Z");
    JsonNode seen = ask("tasks/get", task.path("taskId").asString()).path("result");
    assertThat(seen.path("status").asString()).isEqualTo("working");
    assertThat(seen.at(RELATED).isMissingNode()).isTrue();
  }

  @Test
  void theTimeToLiveIsBounded() {
    String most = ",\"task\":{\"ttl\":99999999999}";
    assertThat(
            call("slow_compute", "\"seconds\":0,\"label\":\"x\"", most)
                .at("/result/task/ttl")
                .asLong())
        .isEqualTo(Duration.ofHours(1).toMillis());
    assertThat(
            call("slow_compute", "\"seconds\":0,\"label\":\"x\"", ",\"task\":{}")
                .at("/result/task/ttl")
                .asLong())
        .isEqualTo(Duration.ofMinutes(5).toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{\"ttl\":\"long\"}", "{\"ttl\":-1}"})
  void aWishThatIsNoWishIsRefused(String wish) {
    JsonNode answer = call("slow_compute", "\"seconds\":0,\"label\":\"x\"", ",\"task\":" + wish);
    assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void theResultIsWaitedForAndTiedToItsTask() {
    String id = slow("0.3").path("taskId").asString();
    JsonNode result = ask("tasks/result", id).path("result");
    assertThat(result.at("/content/0/text").asString()).startsWith("x took");
    assertThat(result.at(RELATED).asString()).isEqualTo(id);
    assertThat(ask("tasks/get", id).at("/result/status").asString()).isEqualTo("completed");
    assertThat(ask("tasks/result", id).at("/result/content/0/text").asString())
        .startsWith("x took");
  }

  @Test
  void aToolErrorFailsTheTaskAndIsStillTheResult() {
    String id = call("failing_job", "", TASK).at("/result/task/taskId").asString();
    assertThat(ask("tasks/result", id).at("/result/isError").asBoolean()).isTrue();
    assertThat(ask("tasks/get", id).at("/result/status").asString()).isEqualTo("failed");
  }

  @Test
  void aProtocolErrorIsTheAnswerToTheResultRequest() {
    String id = call("protocol_error_job", "", TASK).at("/result/task/taskId").asString();
    assertThat(ask("tasks/result", id).at("/error/code").asInt()).isEqualTo(-32603);
    JsonNode failed = ask("tasks/get", id).path("result");
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(failed.path("statusMessage").asString("")).contains("the job broke");
  }

  @Test
  void aToolThatTakesNoTasksRefusesOneAndAToolThatNeedsOneRefusesNone() {
    assertThat(call("greet", "\"name\":\"Ann\"", TASK).at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(call("failing_job", "", "").at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(call("greet", "\"name\":\"Ann\"", "").at("/result/content/0/text").asString())
        .isEqualTo("Hello, Ann!");
    assertThat(
            call("slow_compute", "\"seconds\":0,\"label\":\"x\"", "").at("/result/content").size())
        .isOne();
  }

  @Test
  void earlierRevisionsKnowNothingOfTasks() {
    session = server.session("2025-06-18");
    JsonNode plain = call("slow_compute", "\"seconds\":0,\"label\":\"x\"", TASK);
    assertThat(plain.at("/result/content/0/text").asString()).startsWith("x took");
    assertThat(ask("tasks/get", "x").at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(server.legacy(session, "tasks/list", "").at("/error/code").asInt())
        .isEqualTo(-32601);
  }

  @Test
  void aTaskIsCancelledBeforeTheAnswerAndOnce() {
    String id = slow("30").path("taskId").asString();
    JsonNode cancelled = ask("tasks/cancel", id).path("result");
    assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
    assertThat(cancelled.path("taskId").asString()).isEqualTo(id);
    assertThat(ask("tasks/cancel", id).at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(ask("tasks/get", id).at("/result/status").asString()).isEqualTo("cancelled");
    assertThat(ask("tasks/result", id).has("error")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/result", "tasks/cancel"})
  void anUnknownTaskIsRefusedAndSoIsOneOfAnotherSession(String method) {
    assertThat(ask(method, "nobody").at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(server.legacy(session, method, "").at("/error/code").asInt()).isEqualTo(-32602);
    String id = slow("0").path("taskId").asString();
    session = server.session(NEWEST);
    assertThat(ask(method, id).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void theListHasEveryTaskOfTheSessionOnceAndNoOther() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      made.add(slow("0").path("taskId").asString());
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = server.legacy(session, "tasks/list", cursor).path("result");
      page.path("tasks").forEach(task -> listed.add(task.path("taskId").asString()));
      String next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "\"cursor\":\"" + next + "\"";
      pages++;
    } while (!cursor.isEmpty() && pages < 10);
    assertThat(pages).isEqualTo(3);
    assertThat(listed).containsExactlyElementsOf(made);
    String other = server.session(NEWEST);
    assertThat(server.legacy(other, "tasks/list", "").at("/result/tasks").size()).isZero();
    assertThat(
            server
                .legacy(session, "tasks/list", "\"cursor\":\"made-up\"")
                .at("/error/code")
                .asInt())
        .isEqualTo(-32602);
  }

  @Test
  void aSessionThatEndsTakesItsTasksWithIt() {
    slow("30");
    assertThat(server.core().tasks().working()).isOne();
    server.delete(session);
    assertThat(server.core().tasks().count()).isZero();
    await().until(() -> server.core().tasks().working() == 0);
  }
}

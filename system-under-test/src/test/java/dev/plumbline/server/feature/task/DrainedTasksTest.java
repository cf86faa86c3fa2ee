package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.support.RawConnection.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that is drained while a task of it works. */
class DrainedTasksTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TaskServer server = new TaskServer();
  private final List<TaskState> ends = new CopyOnWriteArrayList<>();
  private final String session = server.session("2025-11-25");

  @AfterEach
  void stop() {
    server.close();
  }

  private String drainWhileWorking(int seconds, String timeout) {
    server
        .core()
        .tasks()
        .listen(
            task -> {
              if (task.state().terminal()) {
                ends.add(task.state());
              }
            });
    server.legacy(
        session,
        "tools/call",
        "\"name\":\"slow_compute\",\"arguments\":{\"seconds\":"
            + seconds
            + ",\"label\":\"x\"},\"task\":{\"ttl\":60000}");
    assertThat(server.core().tasks().working()).isEqualTo(1);
    String id = session.substring("MCP-Session-Id: ".length());
    Response drain =
        server
            .operator()
            .ask("POST", "/sessions/" + id + "/drain", "{\"timeout\":\"" + timeout + "\"}");
    assertThat(drain.status()).isEqualTo(202);
    String operation = "/operations/" + drain.json().path("operation").asString();
    await()
        .atMost(LONG)
        .until(() -> server.operator().get(operation).json().path("over").asBoolean());
    assertThat(server.core().sessions().count()).isZero();
    return server.operator().get(operation).json().path("state").asString();
  }

  @Test
  void theTaskIsFinishedBeforeTheSessionEnds() {
    assertThat(drainWhileWorking(1, "60s")).isEqualTo("drained");
    assertThat(ends).containsExactly(TaskState.RESULT_READY);
  }

  @Test
  void aTaskThatTakesLongerThanTheDrainIsBrokenOffAndThatIsSaid() {
    assertThat(drainWhileWorking(30, "50ms")).isEqualTo("timed out");
    assertThat(ends).doesNotContain(TaskState.RESULT_READY);
  }
}

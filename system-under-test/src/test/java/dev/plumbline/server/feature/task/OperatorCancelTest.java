package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.support.RawConnection.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators cancel tasks of any owner through the control plane. */
class OperatorCancelTest {
  private final TaskServer server = new TaskServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String started(int seconds) {
    return server
        .call("slow_compute", "\"seconds\":" + seconds + ",\"label\":\"x\"")
        .path("result")
        .path("taskId")
        .asString();
  }

  private Response cancel(String name) {
    return server.operator().ask("POST", "/tasks/" + name + "/cancel", "{\"reason\":\"late\"}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stopsTheWorkOfSomebodyElse(boolean byPseudonym) {
    String id = started(30);
    Response response = cancel(byPseudonym ? Pseudonym.of(id) : id);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json().path("state").asString()).isIn("cancelling", "cancelled");
    assertThat(server.until("cancelled", id).path("status").asString()).isEqualTo("cancelled");
    assertThat(response.headers()).containsKey("server-timing");
  }

  @Test
  void aTaskThatIsOverKeepsItsResult() {
    String id = started(0);
    server.until("completed", id);
    Response response = cancel(id);
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.json().path("state").asString()).isEqualTo("result_ready");
    assertThat(response.json().path("error").path("code").asString()).isEqualTo("wrong_state");
    assertThat(server.task("tasks/get", id, "").at("/result/status").asString())
        .isEqualTo("completed");
  }

  @Test
  void aTaskThatWasCancelledStaysSo() {
    String id = started(30);
    assertThat(cancel(id).status()).isEqualTo(200);
    server.until("cancelled", id);
    Response again = cancel(id);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("state").asString()).isEqualTo("cancelled");
  }
}

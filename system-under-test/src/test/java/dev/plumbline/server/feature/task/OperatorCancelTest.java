package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.support.RawConnection.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

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
  void operatorsAreToldWhyAndTheClientThatItWasOne() {
    String id = started(30);
    cancel(id);
    JsonNode told = server.until("cancelled", id);
    assertThat(told.path("statusMessage").asString())
        .isEqualTo("The task was cancelled by an operator.");
    assertThat(server.operator().get("/tasks/" + id).json().path("cancel_reason").asString())
        .isEqualTo("late");
    assertThat(server.core().context().telemetry().events().recent(100))
        .filteredOn(notice -> notice.text().equals("an operator cancelled a task"))
        .singleElement()
        .satisfies(notice -> assertThat(notice.subject()).isEqualTo(Pseudonym.of(id)))
        .satisfies(notice -> assertThat(notice.facts()).containsEntry("reason", "late"));
  }

  @Test
  void aTaskThatItsClientCancelledHasNoOperator() {
    String id = started(30);
    server.task("tasks/cancel", id, "");
    assertThat(server.until("cancelled", id).path("statusMessage").asString())
        .isEqualTo("The task was cancelled by request.");
    assertThat(server.operator().get("/tasks/" + id).json().has("cancel_reason")).isFalse();
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

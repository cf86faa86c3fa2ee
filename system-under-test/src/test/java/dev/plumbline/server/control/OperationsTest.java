package dev.plumbline.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.observe.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OperationsTest {
  private final Telemetry telemetry = Telemetry.create();
  private final Operations operations = new Operations(telemetry, () -> Instant.EPOCH);

  private boolean known(Operation operation) {
    return telemetry.introspection().readItem("operations", operation.id()).isPresent();
  }

  @Test
  void whatIsUnderWayIsNotForgottenAndWhatIsOverGivesWay() {
    List<Operation> all = new ArrayList<>();
    for (int i = 0; i < Operations.MAX + 60; i++) {
      all.add(operations.begin("drain", "session", "draining"));
    }
    assertThat(all).allMatch(this::known);

    all.forEach(operation -> operations.end(operation, "drained"));
    assertThat(all.subList(0, 60)).noneMatch(this::known);
    assertThat(all.subList(60, all.size())).allMatch(this::known);
    assertThat(all.getLast().toJson().path("state").asString()).isEqualTo("drained");
  }

  @Test
  void aListHasTheNewest() {
    for (int i = 0; i < Operations.MAX + 5; i++) {
      var _ = operations.begin("drain", "session", "draining");
    }
    JsonNode listed = telemetry.introspection().read("operations").orElseThrow();
    assertThat(listed.size()).isEqualTo(Operations.MAX);
    assertThat(listed.path(0).path("id").asString()).isEqualTo("op-6");
  }
}

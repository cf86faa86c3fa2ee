package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.Tables;
import dev.plumbline.server.machine.TransitionTable;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MachineTelemetryTest {
  private final Telemetry telemetry = Telemetry.create();
  private final Machines machines = new Machines(() -> 0, new MachineTelemetry(telemetry));

  private JsonNode section() {
    return telemetry.introspection().read("machines").orElseThrow();
  }

  @Test
  void countsWhatTheEventsOfAllMachinesOfATableCameTo() {
    for (int i = 0; i < 2; i++) {
      var session = machines.start(SessionLifecycle.SESSION);
      session.fire(SessionEvent.REQUEST);
      session.fire(SessionEvent.INITIALIZED);
      session.fire(SessionEvent.REQUEST);
      session.fireArmed(0, SessionEvent.HANDSHAKE_TIMEOUT);
    }
    assertThat(section().path("session").toString())
        .isEqualTo(
            "{\"moved\":2,\"ignored\":2,\"refused\":2,\"stale\":2,\"lastRefused\":"
                + "{\"state\":\"initializing\",\"event\":\"request\",\"reason\":"
                + "\"the session is initializing: send notifications/initialized first\"}}");
    double refused =
        telemetry.metrics().scrape().stream()
            .filter(metric -> metric.getMetadata().getName().equals("plumbline_machine_events"))
            .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
            .filter(point -> "session".equals(point.getLabels().get("machine")))
            .filter(point -> "refused".equals(point.getLabels().get("outcome")))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertThat(refused).isEqualTo(2);
  }

  @Test
  void hasARowForEveryTable() {
    assertThat(section().propertyNames())
        .containsExactlyElementsOf(Tables.all().stream().map(TransitionTable::name).toList());
  }
}

package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.OutboundSettings;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is counted of the limits, and what is shown of them. */
class LimitMetricsTest {
  private static final Instant NOON = Instant.parse("2026-07-28T12:00:00Z");

  private final AtomicLong now = new AtomicLong();
  private final Live<ServerConfig> config =
      new Live<>(
          ServerConfig.standard()
              .withOutbound(new OutboundSettings(2, Duration.ofSeconds(2), Duration.ofSeconds(5))));
  private final Telemetry telemetry = Telemetry.of(() -> NOON);
  private final Restraint restraint =
      new Restraint(
          config,
          telemetry,
          new Clocks(now::get, () -> NOON, () -> 0.5),
          Machines.unobserved(now::get));

  @AfterEach
  void close() {
    restraint.close();
  }

  /** The value of the series with this label; -1 when there is none. */
  private double value(String name, String label) {
    return telemetry.metrics().scrape(name::equals).stream()
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(
            p ->
                label.isEmpty() || p.getLabels().stream().anyMatch(l -> l.getValue().equals(label)))
        .mapToDouble(LimitMetricsTest::number)
        .findFirst()
        .orElse(-1);
  }

  private static double number(DataPointSnapshot point) {
    return switch (point) {
      case GaugeDataPointSnapshot gauge -> gauge.getValue();
      case CounterDataPointSnapshot counter -> counter.getValue();
      default -> throw new IllegalArgumentException(point.toString());
    };
  }

  private JsonNode section(String name) {
    return telemetry.introspection().read(name).orElseThrow();
  }

  private JsonNode item(String section, String key) {
    return telemetry.introspection().readItem(section, key).orElseThrow();
  }

  @Test
  void everyQueueIsCounted() throws Exception {
    restraint.roles().setLimit(Roles.TRANSPORT, 2);
    RolePermits transport = restraint.roles().role(Roles.TRANSPORT);
    assertThat(transport.tryTake()).isTrue();
    assertThat(transport.tryTake()).isTrue();
    assertThat(transport.tryTake()).isFalse();
    transport.giveBack();
    assertThat(value("plumbline_queue_depth", Roles.TRANSPORT)).isEqualTo(1);
    assertThat(value("plumbline_queue_limit", Roles.TRANSPORT)).isEqualTo(2);
    assertThat(value("plumbline_queue_max_depth", Roles.TRANSPORT)).isEqualTo(2);
    assertThat(value("plumbline_queue_rejected", Roles.TRANSPORT)).isEqualTo(1);
    assertThat(value("plumbline_queue_exceeded", Roles.TRANSPORT)).isEqualTo(1);
    JsonNode queue = item("queues", Roles.TRANSPORT);
    assertThat(queue.path("depth").asInt()).isEqualTo(1);
    assertThat(queue.path("rejected").asInt()).isEqualTo(1);
    assertThat(section("queues").path("queues")).contains(queue);
    assertThat(item("queue-alerts", Roles.TRANSPORT).has("alerts")).isTrue();
    assertThat(item("queue-alerts", Flow.ROLE).has("alerts")).isTrue();
    assertThat(telemetry.introspection().readItem("queues", "no such role")).isEmpty();
  }

  @Test
  void everyBreakerIsCountedInEachOfItsStates() {
    CircuitBreaker store = restraint.breakers().shared("store");
    assertThat(value("plumbline_breaker_state", "store")).isZero();
    store.trip();
    assertThat(store.tryCall()).isEmpty();
    assertThat(value("plumbline_breaker_state", "store")).isEqualTo(2);
    assertThat(value("plumbline_breaker_opened", "store")).isEqualTo(1);
    assertThat(value("plumbline_breaker_refused", "store")).isEqualTo(1);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(value("plumbline_breaker_state", "store")).as("the wait is over").isEqualTo(1);
    store.forceOpen();
    assertThat(value("plumbline_breaker_state", "store")).isEqualTo(3);
    JsonNode shown = item("breakers", "store");
    assertThat(shown.path("state").asString()).isEqualTo("forced_open");
    assertThat(shown.path("opened").asInt()).isEqualTo(2);
    assertThat(shown.has("last_failure_time")).as("no call failed").isFalse();
    assertThat(section("breakers").path("breakers")).contains(shown);
    assertThat(restraint.breakers().all()).contains(store);
  }

  @Test
  void theTimeOfTheLastFailureIsShown() {
    CircuitBreaker store = restraint.breakers().named("store");
    store.tryCall().orElseThrow().failed();
    assertThat(item("breakers", "store").path("last_failure_time").asString())
        .isEqualTo(NOON.toString());
    assertThat(store.name()).isEqualTo("store");
    assertThat(store.limit()).isEqualTo(config.get().breaker().failures());
  }

  @Test
  void whatWaitsForAllPeersIsCountedAndWhoIsBehindIsShown() {
    Flow calm = restraint.flows().open("tcp");
    Flow busy = restraint.flows().open("http");
    assertThat(restraint.flows().count()).isEqualTo(2);
    for (Flow each : new Flow[] {calm, busy, busy}) {
      assertThat(each.permits().tryTake()).isTrue();
      each.added(10);
    }
    busy.dropped(MessageKind.PROGRESS);
    busy.coalesced();
    calm.removed(10);
    assertThat(value("plumbline_outbound_waiting", "")).isEqualTo(2);
    assertThat(value("plumbline_outbound_bytes", "")).isEqualTo(20);
    JsonNode shown = section("backpressure");
    assertThat(shown.path("connections").asInt()).isEqualTo(2);
    assertThat(shown.path("waiting").asInt()).isEqualTo(2);
    assertThat(shown.path("behind").findValuesAsString("connection_id")).containsExactly(busy.id());
    assertThat(shown.path("dropped").path("progress").asInt()).isEqualTo(1);
    assertThat(shown.path("dropped").path("log").asInt()).isZero();
    assertThat(shown.path("coalesced").asInt()).isEqualTo(1);
  }

  @Test
  void aPeerIsSlowAfterTheTimeThatIsSet() {
    Flow flow = restraint.flows().open("tcp");
    assertThat(flow.permits().tryTake()).isTrue();
    now.set(50);
    flow.added(1);
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(flow.untilSlow()).isEqualTo(Duration.ofMillis(1_500));
    now.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(flow.untilSlow()).isZero();
  }

  @Test
  void aConnectionTakesNothingOnWhenItsPlacesAreTaken() {
    Flow flow = restraint.flows().open("tcp");
    assertThat(flow.shut()).isFalse();
    assertThat(flow.tryPlace()).isTrue();
    assertThat(flow.shut()).isFalse();
    assertThat(flow.tryPlace()).isTrue();
    assertThat(flow.shut()).isTrue();
    assertThat(flow.tryPlace()).isFalse();
  }
}

package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TrafficTest {
  private final Traffic traffic = new Traffic(new PrometheusRegistry(), Set.of("ping"));

  private void tick(int second) {
    traffic.tick(TimeUnit.SECONDS.toNanos(second));
  }

  @Test
  void givesMessagesASecondOverTheLastFewSeconds() {
    assertThat(traffic.messagesPerSecond()).isZero();
    tick(0);
    for (int i = 0; i < 30; i++) {
      traffic.message();
    }
    tick(1);
    assertThat(traffic.messagesPerSecond()).isEqualTo(30);
    tick(2);
    tick(3);
    assertThat(traffic.messagesPerSecond()).isEqualTo(10);
  }

  @Test
  void forgetsWhatIsOlderThanItsWindow() {
    tick(0);
    traffic.message();
    for (int i = 0; i < 1_000; i++) {
      traffic.request("ping", Outcome.OK, TimeUnit.MILLISECONDS.toNanos(5), false);
    }
    tick(1);
    assertThat(traffic.toJson().at("/latency_ms/count").intValue()).isEqualTo(1_000);
    for (int second = 2; second <= 1 + Traffic.WINDOW; second++) {
      tick(second);
    }

    assertThat(traffic.messagesPerSecond()).isZero();
    assertThat(traffic.toJson().at("/latency_ms/count").intValue()).isZero();
    assertThat(traffic.toJson().at("/requests/ok").intValue()).isEqualTo(1_000);
  }

  @Test
  void givesPercentilesWithoutStreams() {
    for (int millis = 1; millis <= 100; millis++) {
      traffic.request("ping", Outcome.OK, TimeUnit.MILLISECONDS.toNanos(millis), false);
    }
    traffic.request("ping", Outcome.OK, TimeUnit.HOURS.toNanos(1), true);
    tick(1);

    JsonNode latency = traffic.toJson().get("latency_ms");

    assertThat(latency.get("p50").doubleValue()).isBetween(49.0, 51.0);
    assertThat(latency.get("p99").doubleValue()).isBetween(98.0, 100.0);
    assertThat(latency.get("max").doubleValue()).isBetween(99.0, 101.0);
  }

  @Test
  void callsWhatItDoesNotKnowOther() {
    assertThat(traffic.label("ping")).isEqualTo("ping");
    assertThat(traffic.label("evil\"method")).isEqualTo(Traffic.OTHER);
  }
}

package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RegistryMeasurementTest {
  @Test
  void everyFigureIsThere() throws InterruptedException {
    JsonNode result =
        RegistryMeasurement.measure(List.of(100, 1_000, 2_000), Duration.ofMillis(20));
    assertThat(result.path("sizes")).hasSize(3);
    for (JsonNode size : result.path("sizes")) {
      assertThat(size.path("operationsPerSecond").asDouble()).isPositive();
      assertThat(size.path("lookupSamples").asLong()).isPositive();
      assertThat(size.path("contention").has("ownerWaits")).isTrue();
    }
    assertThat(result.at("/growth/memory/exponent").isNumber()).isTrue();
  }
}

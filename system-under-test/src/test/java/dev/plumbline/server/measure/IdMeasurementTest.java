package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class IdMeasurementTest {
  private static final int COUNT = 100_000;

  @Test
  void noIdIsGivenTwice() throws InterruptedException {
    assertThat(IdMeasurement.measure(COUNT)).hasSize(3).allSatisfy(line -> isUnique(line));
  }

  private static void isUnique(ObjectNode line) {
    assertThat(line.path("ids").asInt()).isEqualTo(COUNT);
    assertThat(line.path("collisions").asInt()).as(line.toString()).isZero();
  }
}

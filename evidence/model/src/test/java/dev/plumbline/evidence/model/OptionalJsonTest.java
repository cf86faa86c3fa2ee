package dev.plumbline.evidence.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionalJsonTest {
  /** A record with a component that may be empty. */
  record Plan(String id, Optional<Era> era) {}

  @Test
  void anEmptyOptionalSurvivesTheWay() throws IOException {
    Plan plan = new Plan("x", Optional.empty());
    assertThat(Json.read(Json.write(plan), Plan.class)).isEqualTo(plan);
  }

  @Test
  void aPresentOptionalSurvivesTheWay() throws IOException {
    Plan plan = new Plan("x", Optional.of(Era.STATELESS));
    assertThat(Json.read(Json.write(plan), Plan.class)).isEqualTo(plan);
  }
}

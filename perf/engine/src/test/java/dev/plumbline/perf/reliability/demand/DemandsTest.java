package dev.plumbline.perf.reliability.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemandsTest {
  @Test
  void everyDemandHasAnIdOfItsOwn() {
    assertThat(Demands.all()).extracting(Demand::id).doesNotHaveDuplicates();
  }

  @Test
  void everyPartHasDemandsAndPremises() {
    for (Part part : Part.values()) {
      assertThat(Demands.of(part)).as(part.id()).isNotEmpty();
      assertThat(Demands.premises(part)).as(part.id()).isNotEmpty();
    }
  }

  @Test
  void idsAreOfTheForm() {
    assertThatThrownBy(
            () ->
                new Demand("RC-1", Part.IDS, "t", "f", Relation.AT_MOST, 0, "s", List.of(), "fix"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partsAreFoundByTheirNames() {
    for (Part part : Part.values()) {
      assertThat(Part.named(part.id())).contains(part);
    }
    assertThat(Part.named("overload-cheap")).contains(Part.OVERLOAD_CHEAP);
    assertThat(Part.named("nothing")).isEmpty();
  }
}

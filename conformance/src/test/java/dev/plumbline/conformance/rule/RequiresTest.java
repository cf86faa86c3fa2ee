package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must hold for a rule, one demand added to the other. */
class RequiresTest {
  private static final Requires ERA = Requires.era(Era.HANDSHAKE);

  @Test
  void theEraAloneAsksForNothingElse() {
    assertThat(ERA)
        .isEqualTo(
            new Requires(
                Era.HANDSHAKE,
                Requires.ANY_REVISION,
                null,
                List.of(),
                Consent.READ_ONLY,
                false,
                false));
  }

  @Test
  void everyDemandIsAddedToThoseBefore() {
    Requires all =
        ERA.since("2025-03-26")
            .until("2025-06-18")
            .capability("prompts")
            .consent(Consent.CREATES)
            .withCallableTool()
            .withSession()
            .capability("logging");

    assertThat(all)
        .isEqualTo(
            new Requires(
                Era.HANDSHAKE,
                "2025-03-26",
                "2025-06-18",
                List.of("prompts", "tools", "logging"),
                Consent.CREATES,
                true,
                true));
  }

  @Test
  void toolsAreDeclaredOnceWhereOneIsCalled() {
    assertThat(ERA.capability("tools").withCallableTool().capabilities()).containsExactly("tools");
  }
}

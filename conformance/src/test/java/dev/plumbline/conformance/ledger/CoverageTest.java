package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Exclusion OPEN = new Exclusion(Exclusion.NO_RULE_YET, "a probe");
  private static final Exclusion CLIENT =
      new Exclusion("client-side: shows in requests", "a client");

  private final Coverage coverage =
      Coverage.of(
          List.of(
              clause("PLUM-501", Level.MUST, Actor.SERVER, null),
              clause("PLUM-502", Level.MUST, Actor.SERVER, OPEN),
              clause("PLUM-503", Level.MUST_NOT, Actor.BOTH, OPEN),
              clause("PLUM-504", Level.SHOULD, Actor.SERVER, OPEN),
              clause("PLUM-505", Level.MUST, Actor.CLIENT, CLIENT)));

  private static Clause clause(String id, Level level, Actor actor, @Nullable Exclusion exclusion) {
    return new Clause(
        id,
        level,
        actor,
        null,
        Era.STATELESS,
        List.of(Transport.HTTP),
        Consent.READ_ONLY,
        "2026-07-28",
        null,
        "A statement.",
        "2026-07-28/tools/plumb",
        "",
        "0".repeat(64),
        exclusion == null ? "stateless/PlumbRules" : null,
        exclusion);
  }

  @Test
  void countsByRevisionActorAndLevel() {
    assertThat(coverage.rows())
        .containsExactly(
            new Coverage.Row("2026-07-28", Actor.SERVER, Level.MUST, 2, 1, 1, 0),
            new Coverage.Row("2026-07-28", Actor.SERVER, Level.SHOULD, 1, 0, 1, 0),
            new Coverage.Row("2026-07-28", Actor.CLIENT, Level.MUST, 1, 0, 0, 1),
            new Coverage.Row("2026-07-28", Actor.BOTH, Level.MUST_NOT, 1, 0, 1, 0));
  }

  @Test
  void sumsUpWhatAServerCanBeJudgedBy() {
    assertThat(coverage.testable())
        .containsExactly(new Coverage.Testable("2026-07-28", 5, 3, 1, 1, 0));
  }

  @Test
  void countsReasonsByTheirKind() {
    assertThat(coverage.exclusions())
        .containsEntry("2026-07-28", Map.of(Exclusion.NO_RULE_YET, 3, "client-side", 1));
  }
}

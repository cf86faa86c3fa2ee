package dev.plumbline.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Requires BATCHING =
      Requires.era(Era.HANDSHAKE).since("2025-03-26").until("2025-03-26");

  @Test
  void aRuleAppliesInTheRevisionsThatHoldItsClause() {
    assertThat(entry("2025-03-26").status()).isEqualTo(Plan.Status.APPLIES);
  }

  @Test
  void aRuleDoesNotApplyBeforeItsClauseBegan() {
    assertThat(entry("2024-11-05").status()).isEqualTo(Plan.Status.NOT_APPLICABLE);
  }

  @Test
  void aRuleDoesNotApplyAfterItsClauseEnded() {
    assertThat(entry("2025-06-18").status()).isEqualTo(Plan.Status.NOT_APPLICABLE);
    assertThat(entry("2025-06-18").reason()).isEqualTo("revision 2025-03-26");
  }

  private static Plan.Entry entry(String revision) {
    Rule rule =
        new Rule(
            "BASE-001", Set.of(Transport.STDIO), BATCHING, context -> {}, r -> new Verdict.Pass(1));
    EraProbe spoken =
        new EraProbe(
            Era.HANDSHAKE,
            Transport.STDIO,
            List.of(revision),
            revision,
            Json.mapper().createObjectNode(),
            Json.mapper().createObjectNode(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            false,
            1,
            List.of());
    ProbeReport probe = new ProbeReport(ProbeReport.SCHEMA, "server", "1", List.of(spoken), 1);
    return new Gate(List.of(Transport.STDIO), probe, Consent.READ_ONLY).entry(rule);
  }
}

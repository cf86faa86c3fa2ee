package dev.plumbline.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.probe.Silence;
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

  @Test
  void anEraThatWasAskedForInVainIsNotObservedInsteadOfNotSpoken() {
    ProbeReport deaf = new ProbeReport("server", "1", List.of(), List.of());
    assertThat(entry(deaf).status()).isEqualTo(Plan.Status.NOT_APPLICABLE);
    ProbeReport silent =
        new ProbeReport(
            "server", "1", List.of(), List.of(new Silence(Era.HANDSHAKE, Transport.STDIO, 4_000)));
    assertThat(entry(silent).status()).isEqualTo(Plan.Status.UNOBSERVABLE);
    assertThat(entry(silent).reason())
        .isEqualTo(
            "initialize was not answered within 4000 ms over stdio: whether 2025-11-25 is spoken is"
                + " not known");
    ProbeReport elsewhere =
        new ProbeReport(
            "server", "1", List.of(), List.of(new Silence(Era.HANDSHAKE, Transport.TCP, 4_000)));
    assertThat(entry(elsewhere).status()).isEqualTo(Plan.Status.NOT_APPLICABLE);
  }

  private static Plan.Entry entry(String revision) {
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
    return entry(new ProbeReport("server", "1", List.of(spoken)));
  }

  private static Plan.Entry entry(ProbeReport probe) {
    Rule rule =
        new Rule(
            "BASE-001", Set.of(Transport.STDIO), BATCHING, context -> {}, r -> new Verdict.Pass(1));
    return new Gate(List.of(Transport.STDIO), probe, Consent.READ_ONLY).entry(rule);
  }
}

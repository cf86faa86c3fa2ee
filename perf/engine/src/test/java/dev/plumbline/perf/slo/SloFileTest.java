package dev.plumbline.perf.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetIdentity.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SloFileTest {
  private static final String LINE =
      "SLO-X | any | call-stateless | 50/s | 1s/5s/10s | -/30s/10m | 16 | 2s | 1ms | 2ms | 3.5ms"
          + " | 4s | 0.01 | 25ms | Calls are answered";

  private static Slo slo(SloFile file, Kind kind, Profile profile, String id) {
    return file.rows(kind, profile, Map.of()).stream()
        .filter(row -> row.id().equals(id))
        .flatMap(row -> row.slo().stream())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsALine() {
    Slo slo = slo(SloFile.parse(LINE), Kind.URL, Profile.STANDARD, "SLO-X");
    assertThat(slo.perSecond()).isEqualTo(50);
    assertThat(slo.warmUpSeconds()).isEqualTo(5);
    assertThat(slo.seconds()).isEqualTo(30);
    assertThat(slo.limitsMillis())
        .isEqualTo(Map.of("p50", 1.0, "p95", 2.0, "p99", 3.5, "p999", 4000.0));
    assertThat(slo.errorRatio()).isEqualTo(0.01);
  }

  @Test
  void leavesOutWhatDoesNotRunInAProfile() {
    assertThat(SloFile.parse(LINE).rows(Kind.URL, Profile.QUICK, Map.of()))
        .singleElement()
        .satisfies(row -> assertThat(row.slo()).isEmpty());
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> SloFile.parse("# fine\n" + LINE.replace("50/s", "fast")))
        .hasMessage("line 2: a rate looks like 250/s, not fast");
    assertThatThrownBy(() -> SloFile.parse(LINE.replace("| 4s ", "")))
        .hasMessageContaining("line 1: expected 15 columns, found 14");
    assertThatThrownBy(() -> SloFile.parse(LINE.replace("call-stateless", "chat")))
        .hasMessageContaining("unknown scenario chat");
    assertThatThrownBy(() -> SloFile.parse(LINE + "\n" + LINE))
        .hasMessage("line 2: SLO-X is told twice for any");
    assertThatThrownBy(() -> SloFile.parse(LINE.replace("0.01", "1.01")))
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> SloFile.parse(LINE.replace("any", "mine")))
        .hasMessageContaining("bundled or any");
  }

  @Test
  void keepsTheOwnFileWithinWhatWasDecided() {
    SloFile file = SloFile.standard();
    for (Profile profile : Profile.values()) {
      Slo calls = slo(file, Kind.BUNDLED, profile, "SLO-CALL-STATELESS");
      assertThat(calls.limitsMillis()).containsEntry("p99", 10.0).containsEntry("p999", 50.0);
      Slo health = slo(file, Kind.BUNDLED, profile, "SLO-HEALTH");
      assertThat(health.limitsMillis()).containsEntry("p99", 100.0);
    }
    double quick =
        file.rows(Kind.BUNDLED, Profile.QUICK, Map.of()).stream()
            .flatMap(row -> row.slo().stream())
            .filter(slo -> slo.scenario() != Slo.Scenario.HEALTH)
            .mapToDouble(slo -> slo.warmUpSeconds() + slo.seconds())
            .sum();
    assertThat(quick).as("seconds of load in the quick profile").isLessThanOrEqualTo(8);
    assertThat(file.rows(Kind.COMMAND, Profile.QUICK, Map.of()))
        .extracting(SloFile.Row::id)
        .containsExactly("SLO-CALL-HANDSHAKE", "SLO-CALL-STATELESS", "SLO-HEALTH", "SLO-JOURNEY");
  }

  @Test
  void letsTheUserSetLimitsForTheCallsOnly() {
    Map<String, String> overrides = Map.of("p99", "3s", "rate", "7");
    var rows = SloFile.standard().rows(Kind.BUNDLED, Profile.QUICK, overrides);
    Slo calls = rows.getFirst().slo().orElseThrow();
    assertThat(calls.perSecond()).isEqualTo(7);
    assertThat(
            SloFile.standard()
                .rows(Kind.BUNDLED, Profile.QUICK, Map.of("p99", "3ms"))
                .getFirst()
                .slo()
                .orElseThrow()
                .latenessMillis())
        .as("the generator's share of a p99 of 3 ms")
        .isEqualTo(1);
    assertThat(calls.limitsMillis()).containsEntry("p99", 3000.0);
    Slo health = rows.get(2).slo().orElseThrow();
    assertThat(health.perSecond()).isEqualTo(100);
  }

  @Test
  void refusesSettingsItDoesNotKnow() {
    assertThatThrownBy(() -> SloFile.checkOverrides(Map.of("p98", "3s")))
        .hasMessageStartingWith("perf: unknown setting p98, known are ");
    assertThatThrownBy(() -> SloFile.checkOverrides(Map.of("p99", "soon")))
        .hasMessage("perf: p99: a time looks like 10ms, 2s or 5m, not soon");
  }

  @Test
  void judgesAPercentileOnlyWhenSamplesLieBeyondIt() {
    assertThat(Percentile.P99.isTold(499)).isFalse();
    assertThat(Percentile.P99.isTold(500)).isTrue();
    assertThat(Percentile.P999.isTold(4_999)).isFalse();
    assertThat(Percentile.P999.isTold(5_000)).isTrue();
  }
}

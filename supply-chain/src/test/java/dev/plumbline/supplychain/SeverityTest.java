package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.supplychain.Advisory.Affected;
import dev.plumbline.supplychain.Advisory.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How grave an advisory is, from vectors and words. */
class SeverityTest {
  @ParameterizedTest
  @CsvSource({
    "CVSS_V3, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, CRITICAL",
    "CVSS_V3, CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, CRITICAL",
    "CVSS_V3, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H, HIGH",
    "CVSS_V3, CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:N/A:N, MEDIUM",
    "CVSS_V3, CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N, LOW",
    "CVSS_V3, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, NONE",
    "CVSS_V4, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, CRITICAL",
    "CVSS_V4, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N, HIGH",
    "CVSS_V4, CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N, LOW"
  })
  void followsTheBaseScore(String type, String vector, Severity severity) {
    assertThat(Severity.ofVector(new Score(type, vector))).contains(severity);
  }

  @Test
  void leavesOutWhatIsNotOfTheBaseScore() {
    assertThat(Severity.ofVector(new Score("CVSS_V4", Osv.HIGH_V4 + "/E:U")))
        .contains(Severity.HIGH);
    assertThat(Severity.ofVector(new Score("CVSS_V3", Osv.HIGH + "/E:U/RL:O/RC:U")))
        .contains(Severity.HIGH);
  }

  @Test
  void refusesAVectorThatIsNone() {
    for (String wrong : List.of("", "9.8", "CVSS:3.1/AV:N", "CVSS:3.1/AV:X/AC:L")) {
      assertThatThrownBy(() -> Severity.ofVector(new Score("CVSS_V3", wrong)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Severity.ofVector(new Score("CVSS_V4", "CVSS:4.0/AV:N/AC:L")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void passesOverOtherScales() {
    assertThat(Severity.ofVector(new Score("Ubuntu", "high"))).isEmpty();
  }

  @Test
  void takesTheGravestThatIsSaid() {
    assertThat(of("GHSA-1", "HIGH", Osv.MEDIUM)).isEqualTo(Severity.HIGH);
    assertThat(of("GHSA-1", "LOW", Osv.HIGH)).isEqualTo(Severity.HIGH);
    assertThat(of("GHSA-1", "moderate")).isEqualTo(Severity.MEDIUM);
    assertThat(of("GHSA-1", null, Osv.MEDIUM, Osv.CRITICAL)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void isUnknownWhenNobodySays() {
    assertThat(of("GHSA-1", null)).isEqualTo(Severity.UNKNOWN);
    assertThat(of("GHSA-1", "URGENT")).isEqualTo(Severity.UNKNOWN);
    assertThat(of("GHSA-1", "UNKNOWN")).isEqualTo(Severity.UNKNOWN);
  }

  @Test
  void takesAMaliciousPackageForTheAttackItself() {
    assertThat(of("MAL-2026-1", null)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void prefersWhatIsSaidOfThePackage() {
    Advisory advisory =
        new Advisory(
            "GHSA-1",
            "",
            "",
            List.of(),
            List.of(new Score("CVSS_V3", Osv.CRITICAL)),
            "CRITICAL",
            List.of());
    Affected own =
        new Affected(
            "g:a", List.of(new Score("CVSS_V3", Osv.MEDIUM)), "MODERATE", List.of(), List.of("1"));
    assertThat(Severity.of(advisory, own)).isEqualTo(Severity.MEDIUM);
  }

  private static Severity of(String id, @Nullable String rating, String... vectors) {
    List<Score> scores = List.of(vectors).stream().map(v -> new Score("CVSS_V3", v)).toList();
    Affected affected = new Affected("g:a", List.of(), null, List.of(), List.of("1"));
    return Severity.of(
        new Advisory(id, "", "", List.of(), scores, rating, List.of(affected)), affected);
  }
}

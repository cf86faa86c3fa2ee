package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.supplychain.Advisory.Affected;
import dev.plumbline.supplychain.Advisory.Event;
import dev.plumbline.supplychain.Advisory.Kind;
import dev.plumbline.supplychain.Advisory.Range;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of versions at their edges. */
class AffectedVersionsTest {
  @ParameterizedTest
  @CsvSource({
    "introduced 0, 0.0.1, true",
    "introduced 0, 0, true",
    "introduced 0, 1-alpha, true",
    "introduced 1.2, 1.1.9, false",
    "introduced 1.2, 1.2, true",
    "introduced 1.2, 1.2.0, true",
    "introduced 1.2, 1.2-rc1, false",
    "introduced 0 fixed 2.0, 1.9.9, true",
    "introduced 0 fixed 2.0, 2.0, false",
    "introduced 0 fixed 2.0, 2.0.0.Final, false",
    "introduced 0 fixed 2.0, 2.0-SNAPSHOT, true",
    "introduced 0 fixed 2.0, 2.0-beta-2, true",
    "introduced 0 last_affected 2.0, 2.0, true",
    "introduced 0 last_affected 2.0, 2.0.1, false",
    "introduced 0 last_affected 2.0, 2.0-sp1, false",
    "introduced 1.0 last_affected 1.0, 1.0, true",
    "introduced 1.0 last_affected 1.0, 1.0.1, false",
    "introduced 1.0 last_affected 1.0, 0.9, false",
    "introduced 1.0 fixed 1.5 introduced 2.0 fixed 2.5, 1.5, false",
    "introduced 1.0 fixed 1.5 introduced 2.0 fixed 2.5, 1.7, false",
    "introduced 1.0 fixed 1.5 introduced 2.0 fixed 2.5, 2.0, true",
    "introduced 1.0 fixed 1.5 introduced 2.0 fixed 2.5, 2.5, false",
    "fixed 1.5 introduced 1.0, 1.2, true",
    "introduced 1.0 fixed 1.10, 1.9, true",
    "introduced 0 limit 2.0, 1.9, true",
    "introduced 0 limit 2.0, 2.0, false",
    "introduced 0 limit *, 99, true",
    "introduced 4.2.0.Final fixed 4.2.18.Final, 4.2.17.Final, true",
    "introduced 4.2.0.Final fixed 4.2.18.Final, 4.2.18.Final, false"
  })
  void includesAVersion(String range, String version, boolean affected) {
    assertThat(AffectedVersions.include(affected(List.of(), range(range)), version))
        .isEqualTo(affected);
  }

  @Test
  void takesAListedVersionAsItIsWritten() {
    Affected affected = affected(List.of("1.0", "1.1"));
    assertThat(AffectedVersions.include(affected, "1.1")).isTrue();
    assertThat(AffectedVersions.include(affected, "1.1.0")).isFalse();
    assertThat(AffectedVersions.include(affected, "1.2")).isFalse();
  }

  @Test
  void oneOfSeveralRangesIsEnough() {
    Affected affected =
        affected(List.of("9"), range("introduced 0 fixed 1"), range("introduced 3 fixed 4"));
    assertThat(AffectedVersions.include(affected, "3.5")).isTrue();
    assertThat(AffectedVersions.include(affected, "2")).isFalse();
    assertThat(AffectedVersions.include(affected, "9")).isTrue();
  }

  @Test
  void namesTheNearestVersionThatIsMended() {
    Affected affected =
        affected(
            List.of(),
            range("introduced 0 fixed 1.10"),
            range("introduced 2 fixed 2.9"),
            range("introduced 3 fixed 3.1"));
    assertThat(AffectedVersions.fixedAfter(affected, "1.9")).contains("1.10");
    assertThat(AffectedVersions.fixedAfter(affected, "2.0")).contains("2.9");
    assertThat(AffectedVersions.fixedAfter(affected, "3.1")).isEmpty();
  }

  private static Affected affected(List<String> versions, Range... ranges) {
    return new Affected("g:a", List.of(), null, List.of(ranges), versions);
  }

  private static Range range(String text) {
    String[] words = text.split(" ", -1);
    return new Range(
        IntStream.range(0, words.length / 2)
            .mapToObj(i -> new Event(kind(words[2 * i]), words[2 * i + 1]))
            .toList());
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow();
  }
}

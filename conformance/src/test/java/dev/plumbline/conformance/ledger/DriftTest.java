package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {
  private static final List<String> REVISIONS = List.of("2026-07-28");
  private static final String PAGE =
      """
      The cord MUST be thin.

      ## Weight

      The weight MUST hang still. It hangs on a cord. The weight SHOULD NOT be round.
      """;

  @TempDir private Path checkout;

  private final List<Clause> ledger =
      List.of(
          clause("PLUM-501", "2026-07-28/tools/plumb", "", "The cord MUST be thin."),
          clause("PLUM-502", "2026-07-28/tools/plumb", "weight", "The weight MUST hang still."),
          clause(
              "PLUM-503", "2026-07-28/tools/plumb", "weight", "The weight SHOULD NOT be round."));

  private static Clause clause(String id, String page, String anchor, String sentence) {
    return new Clause(
        id,
        Level.MUST,
        Actor.SERVER,
        null,
        Era.STATELESS,
        List.of(Transport.HTTP),
        Consent.READ_ONLY,
        "2026-07-28",
        null,
        "A statement.",
        page,
        anchor,
        SpecificationPage.digest(sentence),
        null,
        new Exclusion(Exclusion.NO_RULE_YET, "a probe"));
  }

  @BeforeEach
  void writeThePage() throws IOException {
    write("2026-07-28/tools/plumb.mdx", PAGE);
  }

  private void write(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Drift drift() throws IOException {
    return drift(ledger);
  }

  private Drift drift(List<Clause> clauses) throws IOException {
    return Drift.between(clauses, Specification.in(checkout, REVISIONS));
  }

  @Test
  void nothingDriftsWhenEverySentenceStands() throws IOException {
    assertThat(drift().isNone()).isTrue();
    assertThat(drift().unchanged()).isEqualTo(3);
  }

  @Test
  void findsThePagesInTheFolderOfACheckout() throws IOException {
    Path repository = Files.createDirectories(checkout.resolve("repository"));
    Files.createDirectories(repository.resolve("docs"));
    Files.createDirectory(repository.resolve("docs/specification"));
    Files.move(checkout.resolve("2026-07-28"), repository.resolve("docs/specification/2026-07-28"));

    assertThat(Drift.between(ledger, Specification.in(repository, REVISIONS)).isNone()).isTrue();
  }

  @Test
  void aNewSentenceInThePlaceOfAnOldOneIsAChange() throws IOException {
    write("2026-07-28/tools/plumb.mdx", PAGE.replace("hang still", "never move"));

    assertThat(drift().changed()).extracting(Clause::id).containsExactly("PLUM-502");
    assertThat(drift().uncovered())
        .extracting(uncovered -> uncovered.sentence().text())
        .containsExactly("The weight MUST never move.");
    assertThat(drift().unchanged()).isEqualTo(2);
    assertThat(drift().isNone()).isFalse();
  }

  @Test
  void aSentenceWithoutASuccessorIsGone() throws IOException {
    write("2026-07-28/tools/plumb.mdx", PAGE.replace("The weight SHOULD NOT be round.", ""));

    assertThat(drift().gone()).extracting(Clause::id).containsExactly("PLUM-503");
    assertThat(drift().isNone()).isFalse();
  }

  @Test
  void everythingOnAPageThatIsGoneIsGone() throws IOException {
    Files.delete(checkout.resolve("2026-07-28/tools/plumb.mdx"));

    assertThat(drift().gone()).hasSize(3);
  }

  @Test
  void aSentenceUnderAnotherHeadingHasMoved() throws IOException {
    write("2026-07-28/tools/plumb.mdx", PAGE.replace("## Weight", "## Bob"));

    assertThat(drift().moved()).extracting(Clause::id).containsExactly("PLUM-502", "PLUM-503");
    assertThat(drift().isNone()).isFalse();
  }

  @Test
  void aNewSentenceOnAnyPageOfTheRevisionIsUncovered() throws IOException {
    write("2026-07-28/level/index.mdx", "A level SHOULD be read twice.\n");

    assertThat(drift().uncovered())
        .extracting(Drift.Uncovered::page)
        .containsExactly("2026-07-28/level");
    assertThat(drift().isNone()).isFalse();
  }

  @Test
  void whatTheChangelogRetellsNeedsNoClause() throws IOException {
    write("2026-07-28/changelog.mdx", "The cord MUST now be thin.\n");

    assertThat(drift().isNone()).isTrue();
  }

  @Test
  void aCheckoutWithoutTheExtensionsIsNoDrift() throws IOException {
    Clause extension = clause("BOB-501", "extensions/bob", "", "A bob MUST be heavy.");

    assertThat(drift(List.of(extension)).absent()).containsExactly(extension);
    write("extensions/bob.md", "A bob MUST be heavy.\n");
    assertThat(drift(List.of(extension)).absent()).isEmpty();
  }

  @Test
  void refusesAPageThatIsLongerThanAnyRealOne() throws IOException {
    write("2026-07-28/tools/plumb.mdx", "x".repeat(Specification.MAX_BYTES + 1));

    assertThatThrownBy(this::drift)
        .isInstanceOf(IOException.class)
        .hasMessage("page 2026-07-28/tools/plumb is longer than 2000000 bytes");
  }

  @Test
  void readsNoPageOutsideOfTheCheckout() throws IOException {
    Files.writeString(checkout.resolve("secret.md"), "A plumb MUST hang.");
    Path inner = checkout.resolve("inner");
    Files.createDirectories(inner.resolve("2026-07-28"));
    Specification specification = Specification.in(inner, REVISIONS);

    assertThat(specification.page("../secret")).isEmpty();
    assertThat(specification.page("2026-07-28/../../secret")).isEmpty();
    assertThat(specification.page("\u0000")).isEmpty();
  }

  @Test
  void refusesAFolderThatIsNoCheckout() {
    assertThatThrownBy(() -> Specification.in(checkout.resolve("2026-07-28"), REVISIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no checkout of the specification");
  }
}

package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.plumbline.conformance.ledger.SpecificationPage.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationPageTest {
  private static final String PAGE =
      """
      ---
      title: A plumb MUST have a title
      ---

      Intro line
      goes on.

      ## Hanging & Reading

      The plumb **MUST** hang. It may
      swing   first.

      - An item
        that wraps.

      ```json
      {"not": "a sentence, though it MUST look like one."}
      ```
      """;

  @Test
  void splitsAPageIntoSentencesUnderTheirHeadings() {
    assertThat(SpecificationPage.of(PAGE).sentences())
        .extracting(Sentence::anchor, Sentence::text)
        .containsExactly(
            tuple("", "Intro line goes on."),
            tuple("hanging-reading", "The plumb MUST hang."),
            tuple("hanging-reading", "It may swing first."),
            tuple("hanging-reading", "An item that wraps."));
  }

  @Test
  void digestsTheSentenceInNormalForm() {
    // printf '%s' 'The plumb MUST hang.' | sha256sum
    assertThat(SpecificationPage.of(PAGE).normative())
        .extracting(Sentence::digest)
        .containsExactly(HANGING);
  }

  private static final String HANGING =
      "b5c3ac24b506439e2eac107188e2a6ff52a0fd5004d321dc140637e9e750f25e";

  @Test
  void lineBreaksAndEmphasisDoNotChangeADigest() {
    String reflowed = PAGE.replace("The plumb **MUST** hang.", "The plumb\nMUST\nhang.");

    assertThat(SpecificationPage.of(reflowed)).isEqualTo(SpecificationPage.of(PAGE));
    assertThat(SpecificationPage.of(PAGE.replace("\n", "\r\n")))
        .isEqualTo(SpecificationPage.of(PAGE));
  }

  @Test
  void anotherWordChangesTheDigest() {
    assertThat(SpecificationPage.of(PAGE.replace("MUST", "SHOULD")).normative())
        .extracting(Sentence::digest)
        .hasSize(1)
        .doesNotContain(HANGING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It MUST hang.",
        "It **MUST NOT** swing.",
        "It SHOULD_ be read.",
        "It SHOULD NOT fall.",
        "It SHALL hang.",
        "A weight is REQUIRED.",
        "Lead is RECOMMENDED.",
        "| weight | It [MUST](#weight) be heavy |"
      })
  void knowsANormativeSentenceByItsKeyWord(String sentence) {
    assertThat(SpecificationPage.of(sentence).normative()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It must hang.",
        "It MAY swing.",
        "The words \"MUST\" and \"SHOULD\" are those of RFC 2119.",
        "MUSTARD is no weight.",
        "Its name is only SHOULD-constrained."
      })
  void takesNoOtherSentenceForNormative(String sentence) {
    assertThat(SpecificationPage.of(sentence).normative()).isEmpty();
  }

  @Test
  void aRuleInTheMiddleOfAPageHidesNothing() {
    assertThat(SpecificationPage.of("One.\n\n---\n\nIt MUST hang.\n").normative()).hasSize(1);
  }

  @Test
  void aFenceThatNeverClosesEndsWithThePage() {
    assertThat(SpecificationPage.of("It MUST hang.\n```\nIt MUST not end").normative()).hasSize(1);
  }
}

package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceSentencesTest {
  private static final String PAGE =
      """
      ---
      title: Weights
      ---

      Intro line
      goes on.

      ## Hanging & Reading

      The plumb **MUST** hang. It may
      swing   first.

      - An item
        that wraps.

      ```json
      {"not": "a sentence."}
      ```
      """;

  @Test
  void splitsAPageIntoSentencesUnderTheirHeadings() {
    Map<String, Map<String, String>> digests = SourceSentences.digests(PAGE);

    assertThat(digests.keySet()).containsExactly("", "hanging-reading");
    assertThat(digests.getOrDefault("", Map.of())).containsValue("Intro line goes on.");
    assertThat(digests.getOrDefault("hanging-reading", Map.of()).values())
        .containsExactly("The plumb MUST hang.", "It may swing first.", "An item that wraps.");
  }

  @Test
  void lineBreaksAndEmphasisDoNotChangeADigest() {
    String reflowed = PAGE.replace("The plumb **MUST** hang.", "The plumb\nMUST\nhang.");

    assertThat(SourceSentences.digests(reflowed)).isEqualTo(SourceSentences.digests(PAGE));
  }

  @Test
  void anotherWordChangesTheDigest() {
    String changed = PAGE.replace("MUST", "SHOULD");

    assertThat(SourceSentences.digests(changed).getOrDefault("hanging-reading", Map.of()))
        .doesNotContainKey(SourceSentences.digest("The plumb MUST hang."));
  }

  /** Only with {@code -Dplumbline.specification=FOLDER}: notices drift of the real pages. */
  @Test
  void everyClauseStillStandsInItsPage() throws IOException, HarnessException {
    String folder = System.getProperty("plumbline.specification", "");
    assumeTrue(!folder.isEmpty(), "no checkout of the specification given");
    for (Clause clause : Ledger.load().clauses()) {
      String page = Files.readString(SourceSentences.page(Path.of(folder), clause.page()));

      assertThat(SourceSentences.digests(page).getOrDefault(clause.anchor(), Map.of()))
          .as(clause.id() + " " + clause.citation())
          .containsKey(clause.digest());
    }
  }
}

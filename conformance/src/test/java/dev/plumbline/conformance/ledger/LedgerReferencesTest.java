package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.HarnessException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LedgerReferencesTest {
  private static final Pattern ID = Pattern.compile("\\b(?!SHA-)[A-Z]{3,4}-\\d{3}\\b");

  private static List<String> cited(Clause clause) {
    Exclusion exclusion = clause.exclusion();
    return exclusion == null
        ? List.of()
        : ID.matcher(exclusion.reason() + " " + exclusion.testableBy())
            .results()
            .map(MatchResult::group)
            .toList();
  }

  @Test
  void anExclusionThatNamesAnotherClauseNamesOneThatExists() throws HarnessException {
    Ledger ledger = Ledger.load();

    assertThat(ledger.clauses()).anySatisfy(clause -> assertThat(cited(clause)).isNotEmpty());
    assertThat(ledger.clauses())
        .allSatisfy(
            clause ->
                assertThat(cited(clause))
                    .as(clause.id())
                    .doesNotContain(clause.id())
                    .allMatch(id -> ledger.clause(id).isPresent()));
  }
}

package dev.plumbline.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.explore.Walks;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.ledger.Tags;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SelectionTest {
  @Test
  void everythingIsEveryRuleAndEveryWalk() throws Exception {
    assertThat(Selection.ALL.options().rules())
        .extracting(Rule::clause)
        .containsAll(Rules.all().stream().map(Rule::clause).toList())
        .containsAll(Walks.all().stream().map(Rule::clause).toList())
        .hasSize(Rules.all().size() + Walks.all().size());
    assertThat(Selection.ALL.isEverything()).isTrue();
    assertThat(Selection.ALL.text()).isEmpty();
  }

  @Test
  void aClauseNeedsOneWordOfEachGroup() throws Exception {
    Ledger ledger = Ledger.load();
    Selection selection = tagged(List.of(Set.of("tools", "prompts"), Set.of("should")));

    assertThat(selection.options().rules())
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(Tags.of(ledger.clause(rule.clause()).orElseThrow()))
                    .contains("should")
                    .containsAnyOf("tools", "prompts"));
    assertThat(selection.text()).isEqualTo("tag prompts or tools and tag should");
  }

  @Test
  void theWordsOfAClauseAreWhatItsRowSays() throws Exception {
    assertThat(Tags.of(Ledger.load().clause("TOOL-003").orElseThrow()))
        .contains("server", "tools", "must", "http", "stdio")
        .doesNotContain("2025-11-25", "should");
  }

  @Test
  void anEraLeavesTheOtherOut() throws Exception {
    Selection selection =
        new Selection(Set.of(), List.of(), Optional.of(Era.STATELESS), Optional.empty());

    assertThat(selection.options().rules())
        .isNotEmpty()
        .extracting(rule -> rule.requires().era())
        .containsOnly(Era.STATELESS);
    assertThat(selection.text()).isEqualTo("revision 2026-07-28");
  }

  @Test
  void aGroupOfTransportsSaysWhatRulesRunOver() throws Exception {
    assertThat(tagged(List.of(Set.of("stdio"))).options().over()).containsExactly(Transport.STDIO);
    assertThat(tagged(List.of(Set.of("stdio", "must"))).options().over())
        .hasSize(Transport.values().length);
  }

  @Test
  void aClauseIsChosenByItsId() throws Exception {
    Selection selection =
        new Selection(Set.of("PING-001"), List.of(), Optional.empty(), Optional.empty());

    assertThat(selection.options().rules()).extracting(Rule::clause).containsExactly("PING-001");
  }

  private static Selection tagged(List<Set<String>> groups) {
    return new Selection(Set.of(), groups, Optional.empty(), Optional.empty());
  }
}

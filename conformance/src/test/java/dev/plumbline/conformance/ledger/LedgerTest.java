package dev.plumbline.conformance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
  /** At the least; the number grows. */
  private static final int RULES_PER_ERA = 19;

  @Test
  void everyClauseHasExactlyOneRuleOrAnExclusion() throws HarnessException {
    List<String> judged = Rules.all().stream().map(Rule::clause).toList();

    assertThat(judged).doesNotHaveDuplicates();
    assertThat(Ledger.load().ruled())
        .extracting(Clause::id)
        .containsExactlyInAnyOrderElementsOf(judged);
  }

  @Test
  void eachEraHasItsRules() throws HarnessException {
    for (Era era : Era.values()) {
      assertThat(Ledger.load().ruled())
          .filteredOn(c -> c.era() == era)
          .hasSizeGreaterThanOrEqualTo(RULES_PER_ERA);
    }
  }

  @Test
  void rulesApplyWhereTheirClausesSay() throws HarnessException {
    Ledger ledger = Ledger.load();
    for (Rule rule : Rules.all()) {
      Clause clause = ledger.clause(rule.clause()).orElseThrow();

      assertThat(rule.requires().era()).as(rule.clause()).isEqualTo(clause.era());
      assertThat(rule.requires().since()).as(rule.clause()).isEqualTo(clause.since());
      assertThat(rule.requires().until()).as(rule.clause()).isEqualTo(clause.until());
      assertThat(rule.requires().consent()).as(rule.clause()).isEqualTo(clause.consent());
      assertThat(rule.transports())
          .as(rule.clause())
          .containsExactlyInAnyOrderElementsOf(clause.transports());
      // What shows when a tool is called needs tools, whatever the clause is about.
      Stream<String> called = rule.requires().callableTool() ? Stream.of("tools") : Stream.of();
      assertThat(rule.requires().capabilities())
          .as(rule.clause())
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Optional.ofNullable(clause.capability()).stream(), called)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void rulesStandInTheFileTheirClauseNames() throws HarnessException {
    Ledger ledger = Ledger.load();
    for (Rule rule : Rules.all()) {
      String file = ledger.clause(rule.clause()).orElseThrow().rule();
      String type = "dev.plumbline.conformance.rule." + String.valueOf(file).replace('/', '.');

      assertThat(rulesOf(type)).as(file).contains(rule.clause());
    }
  }

  private static List<String> rulesOf(String type) {
    try {
      List<?> rules = (List<?>) Class.forName(type).getMethod("rules").invoke(null);
      return rules.stream().map(rule -> ((Rule) rule).clause()).toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type, e);
    }
  }

  @Test
  void anExclusionSaysWhyAndWhatCouldTestTheClause() {
    assertThatThrownBy(() -> new Exclusion("", "a probe")).hasMessageContaining("says why");
  }

  @Test
  void refusesARowWithNeitherRuleNorExclusion() {
    assertThatThrownBy(() -> clause("TOOL-001", Era.HANDSHAKE, null, null))
        .hasMessage("clause TOOL-001 needs a rule or an exclusion, not both");
  }

  @Test
  void refusesARowWithBoth() {
    Exclusion exclusion = new Exclusion("why", "what");

    assertThatThrownBy(() -> clause("TOOL-001", Era.HANDSHAKE, "handshake/ToolRules", exclusion))
        .hasMessageContaining("not both");
  }

  @Test
  void refusesANumberOfTheOtherEra() {
    assertThatThrownBy(() -> clause("TOOL-501", Era.HANDSHAKE, "handshake/ToolRules", null))
        .hasMessage("clause TOOL-501 has a number of the other era");
  }

  @Test
  void refusesAnIdOfAnotherForm() {
    assertThatThrownBy(() -> clause("tool-1", Era.HANDSHAKE, "handshake/ToolRules", null))
        .hasMessageContaining("is not an id");
  }

  @Test
  void aClauseThatEndedCitesThePageOfItsLastRevision() {
    Clause batch = spanning("2025-03-26", "2025-03-26", "2025-03-26/basic");

    assertThat(batch.citation()).isEqualTo("2025-03-26/basic#batching");
  }

  @Test
  void refusesAnOlderPageForAClauseThatStillHolds() {
    assertThatThrownBy(() -> spanning("2025-03-26", null, "2025-03-26/basic"))
        .hasMessage("clause BASE-001 cites a page of another revision");
  }

  @Test
  void refusesTheNewestPageForAClauseThatEnded() {
    assertThatThrownBy(() -> spanning("2025-03-26", "2025-03-26", "2025-11-25/basic"))
        .hasMessage("clause BASE-001 cites a page of another revision");
  }

  @Test
  void refusesAClauseThatEndsBeforeItBegins() {
    assertThatThrownBy(() -> spanning("2025-06-18", "2025-03-26", "2025-03-26/basic"))
        .hasMessage("clause BASE-001 ends before it begins");
  }

  @Test
  void refusesAnEndAtTheNewestRevision() {
    assertThatThrownBy(() -> spanning("2025-06-18", "2025-11-25", "2025-11-25/basic"))
        .hasMessage("clause BASE-001 still holds, so it has no end");
  }

  private static Clause spanning(String since, @Nullable String until, String page) {
    return new Clause(
        "BASE-001",
        Level.MUST,
        Actor.SERVER,
        null,
        Era.HANDSHAKE,
        List.of(Transport.STDIO),
        Consent.READ_ONLY,
        since,
        until,
        "A statement.",
        page,
        "batching",
        "0".repeat(64),
        "handshake/BaseRules",
        null);
  }

  private static Clause clause(
      String id, Era era, @Nullable String rule, @Nullable Exclusion exclusion) {
    return new Clause(
        id,
        Level.MUST,
        Actor.SERVER,
        null,
        era,
        List.copyOf(EnumSet.allOf(Transport.class)),
        Consent.READ_ONLY,
        era.revision(),
        null,
        "A statement.",
        era.revision() + "/server/tools",
        "tool",
        "0".repeat(64),
        rule,
        exclusion);
  }
}

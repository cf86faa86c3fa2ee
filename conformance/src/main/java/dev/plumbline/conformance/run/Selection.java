package dev.plumbline.conformance.run;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.ledger.Tags;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rules are considered: a rule must satisfy all three conditions.
 *
 * @param clauses the clauses to judge; empty for all
 * @param tags groups of {@linkplain Tags words}: a clause needs one word of each group; a group of
 *     transports alone also says what rules run over
 * @param era the only era to judge; empty for both
 * @param revision the older revision of the handshake era to ask for; empty for the newest
 */
public record Selection(
    Set<String> clauses, List<Set<String>> tags, Optional<Era> era, Optional<String> revision) {
  /** Everything there is. */
  public static final Selection ALL =
      new Selection(Set.of(), List.of(), Optional.empty(), Optional.empty());

  /** Copies the collections. */
  public Selection {
    clauses = Collections.unmodifiableSet(new TreeSet<>(clauses));
    tags = tags.stream().map(group -> (Set<String>) new TreeSet<>(group)).toList();
  }

  /** Whether no rule is left out. */
  public boolean isEverything() {
    return clauses.isEmpty() && tags.isEmpty() && era.isEmpty();
  }

  /** What the suite runs. */
  public ConformanceOptions options() throws HarnessException {
    Ledger ledger = Ledger.load();
    List<Rule> chosen =
        ConformanceOptions.all().rules().stream()
            .filter(rule -> clauses.isEmpty() || clauses.contains(rule.clause()))
            .filter(rule -> era.isEmpty() || era.get() == rule.requires().era())
            .filter(
                rule ->
                    ConformanceJudge.words(ledger, rule.clause()).filter(this::hasTags).isPresent())
            .toList();
    return new ConformanceOptions(chosen, transports());
  }

  private boolean hasTags(Clause clause) {
    Set<String> own = Tags.of(clause);
    return tags.stream().allMatch(group -> !Collections.disjoint(group, own));
  }

  private Set<Transport> transports() {
    Set<Transport> over = EnumSet.allOf(Transport.class);
    for (Set<String> group : tags) {
      List<Transport> named = group.stream().flatMap(t -> Tags.transport(t).stream()).toList();
      if (named.size() == group.size()) {
        over.retainAll(named);
      }
    }
    return over;
  }

  /** What was asked for, as people read it; empty when everything was. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (!clauses.isEmpty()) {
      parts.add(String.join(", ", clauses));
    }
    for (Set<String> group : tags) {
      parts.add("tag " + String.join(" or ", group));
    }
    revision.or(() -> era.map(Era::revision)).ifPresent(named -> parts.add("revision " + named));
    return String.join(" and ", parts);
  }
}

package dev.plumbline.conformance.run;

import dev.plumbline.conformance.explore.Walks;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the conformance suite runs.
 *
 * @param rules the rules to consider, in the order of running
 * @param over what they may run over, of what the target offers
 */
public record ConformanceOptions(List<Rule> rules, Set<Transport> over) {
  /** Copies the collections. */
  public ConformanceOptions {
    rules = List.copyOf(rules);
    over = Set.copyOf(over);
  }

  /** Rules that run over whatever the target offers. */
  public ConformanceOptions(List<Rule> rules) {
    this(rules, Set.of(Transport.values()));
  }

  /** Every rule, and then the walks. */
  public static ConformanceOptions all() {
    return new ConformanceOptions(
        Stream.concat(Rules.all().stream(), Walks.all().stream()).toList());
  }
}

package dev.plumbline.conformance.run;

import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import java.util.List;

/**
 * What the conformance suite runs.
 *
 * @param rules the rules to consider, in the order of running
 */
public record ConformanceOptions(List<Rule> rules) {
  /** Copies the list. */
  public ConformanceOptions {
    rules = List.copyOf(rules);
  }

  /** Every rule. */
  public static ConformanceOptions all() {
    return new ConformanceOptions(Rules.all());
  }
}

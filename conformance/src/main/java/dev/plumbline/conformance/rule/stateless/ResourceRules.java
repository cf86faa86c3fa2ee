package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.UnknownResource;
import java.util.List;

/** Rules of the page {@code 2026-07-28/server/resources}. */
public final class ResourceRules {
  private ResourceRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "RES-501",
            Probes.ANY,
            Probes.STATELESS.capability("resources"),
            UnknownResource.SCRIPT,
            UnknownResource.judging(Answer.INVALID_PARAMS)));
  }
}

package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.InvalidCursor;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import java.util.List;

/** Rules of the page {@code 2026-07-28/server/utilities/pagination}. */
public final class PaginationRules {
  private PaginationRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PAGE-501", Probes.ANY, Probes.STATELESS, InvalidCursor.SCRIPT, InvalidCursor::judge));
  }
}

package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.InvalidCursor;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import java.util.List;

/** Rules of the page {@code 2025-11-25/server/utilities/pagination}. */
public final class PaginationRules {
  private PaginationRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PAGE-001", Probes.ANY, Probes.HANDSHAKE, InvalidCursor.SCRIPT, InvalidCursor::judge));
  }
}

package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.StdoutPurity;
import java.util.List;

/** Rules of the page {@code 2026-07-28/basic/transports/stdio}. */
public final class StdioRules {
  private StdioRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-506", Probes.STDIO, Probes.STATELESS, StdoutPurity.SCRIPT, StdoutPurity::judge));
  }
}

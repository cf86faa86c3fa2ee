package dev.plumbline.ci.cli.config;

import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.chaos.mode.FailureModes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.perf.reliability.demand.Demand;
import dev.plumbline.perf.reliability.demand.Demands;
import dev.plumbline.perf.slo.SloFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ids of every check that a run of this build can make. */
final class CheckIds {
  /** Named by the peers themselves, or by a part that lists no ids; gate G-08 looks at them. */
  private static final List<String> OPEN = List.of("OS-", "IO-", "SBOM-", "BLD-", "VULN-");

  private static final Set<String> KNOWN = known();

  private CheckIds() {}

  private static Set<String> known() {
    Set<String> ids = new TreeSet<>();
    ConformanceOptions.all().rules().stream().map(Rule::clause).forEach(ids::add);
    FailureModes.all().stream().map(FailureMode::id).forEach(ids::add);
    Demands.all().stream().map(Demand::id).forEach(ids::add);
    for (TargetIdentity.Kind kind : TargetIdentity.Kind.values()) {
      SloFile.standard().rows(kind, Profile.STANDARD, Map.of()).stream()
          .map(SloFile.Row::id)
          .forEach(ids::add);
    }
    return ids;
  }

  /**
   * Returns the text when it is the id of a check.
   *
   * @throws UsageException when no check has this id
   */
  static String require(String text) throws UsageException {
    Ids.requireCheck(text);
    if (!KNOWN.contains(text) && OPEN.stream().noneMatch(text::startsWith)) {
      String near = Nearest.question(text, KNOWN);
      throw new UsageException(
          "there is no check "
              + text
              + (near.isEmpty()
                  ? "; remove the entry, plumbline ledger --clauses lists all"
                  : near));
    }
    return text;
  }
}

package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gates over whether what ships may ship, one for each check, so that a decision tells which of
 * them nobody looked at.
 */
final class ShippingGates {
  private static final String LICENCES = "SBOM-005";
  private static final String REBUILD = "BLD-001";
  private static final String VULNERABILITIES = "VULN-001";

  /** Checks of the supply chain that have a gate of their own. */
  static final Set<String> CHECKS = Set.of(LICENCES, REBUILD, VULNERABILITIES, CoverageGate.CHECK);

  private ShippingGates() {}

  /** G-14. */
  static Answer licences(Evidence evidence, Policy policy) {
    return held(evidence, LICENCES, "0 components under GPL or AGPL without an exception");
  }

  /** G-15, C15. */
  static Answer rebuild(Evidence evidence, Policy policy) {
    return held(evidence, REBUILD, "every file that ships is the same in every build");
  }

  /** G-16. */
  static Answer vulnerabilities(Evidence evidence, Policy policy) {
    return held(evidence, VULNERABILITIES, "0 known of severity HIGH or CRITICAL");
  }

  private static Answer held(Evidence evidence, String id, String threshold) {
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.SUPPLY_CHAIN);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    Optional<CheckResult> found =
        evidence.checks(Suite.SUPPLY_CHAIN).stream().filter(c -> c.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return Answer.notEvaluated(threshold, id + " was not judged");
    }
    CheckResult check = found.get();
    return switch (check.verdict()) {
      case Verdict.Pass(long examined) ->
          Answer.of(examined + " examined, 0 findings", threshold, check.title(), List.of());
      case Verdict.Fail(var findings) ->
          Answer.of(
              Checks.count(findings.size(), "finding"),
              threshold,
              findings.getFirst().summary(),
              evidence.accepts(check)
                  ? List.of()
                  : List.of(Objection.noGo(id + ": " + findings.getFirst().summary())));
      case Verdict.NotObserved(var missing) -> Answer.notEvaluated(threshold, missing);
      case Verdict.NotApplicable(var reason) -> Answer.notEvaluated(threshold, reason);
      case Verdict.HarnessFault(var cause) -> Answer.notEvaluated(threshold, cause);
    };
  }
}

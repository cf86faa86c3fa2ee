package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The gates over what was found out beforehand: by software made by others, about the rules, and by
 * benchmarks.
 */
final class PeerGates {
  private PeerGates() {}

  /** G-09. */
  static Answer officialSuite(Evidence evidence, Policy policy) {
    return nothingFailed(evidence, Suite.REFEREE, "scenario");
  }

  /** G-10. */
  static Answer interop(Evidence evidence, Policy policy) {
    return nothingFailed(evidence, Suite.INTEROP, "cell");
  }

  /** G-13. */
  static Answer killMatrix(Evidence evidence, Policy policy) {
    return nothingFailed(evidence, Suite.MUTANTS, "mutant");
  }

  /** G-18. */
  static Answer benchmarks(Evidence evidence, Policy policy) {
    return nothingFailed(evidence, Suite.BENCHMARKS, "benchmark");
  }

  private static Answer nothingFailed(Evidence evidence, Suite suite, String noun) {
    String threshold = "0 failed";
    Optional<String> nothing = Checks.whyNothing(evidence, suite);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> checks = evidence.checks(suite);
    List<String> failed = Checks.ids(checks, evidence::failsUnaccepted);
    long passed = checks.stream().filter(c -> c.verdict() instanceof Verdict.Pass).count();
    List<Objection> objections =
        checks.stream()
            .filter(evidence::failsUnaccepted)
            .map(check -> Objection.noGo(check.id() + ": " + check.title()))
            .toList();
    if (passed == 0 && objections.isEmpty()) {
      return Answer.notEvaluated(threshold, "no " + noun + " of " + suite.id() + " was observed");
    }
    String summary =
        failed.isEmpty()
            ? Checks.count(passed, noun) + " passed, none failed"
            : Checks.count(failed.size(), noun) + " failed: " + Checks.name(failed);
    return Answer.of(
        failed.size() + " failed of " + (passed + failed.size()), threshold, summary, objections);
  }
}

package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gates over injected faults. A fault counts only when a witness saw it happen. */
final class ChaosGates {
  /** The measurement by which a failure mode proves that its fault really happened. */
  private static final String WITNESSED = "witnessed";

  /** The measurement by which a failure mode proves that its fault is gone. */
  private static final String HEALED = "healed";

  private ChaosGates() {}

  /** G-04. */
  static Answer witnessedAndHealed(Evidence evidence, Policy policy) {
    String threshold = "all";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.CHAOS);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> applicable =
        evidence.checks(Suite.CHAOS).stream().filter(Checks::isApplicable).toList();
    List<Objection> objections = new ArrayList<>();
    for (CheckResult check : applicable) {
      if (check.verdict() instanceof Verdict.NotObserved(var missing)) {
        objections.add(Objection.inconclusive(check.id() + " was not observed: " + missing));
      } else if (Checks.isObserved(check)) {
        demand(check, WITNESSED, "no witness saw the fault", objections);
        demand(check, HEALED, "the fault was not seen to heal", objections);
      }
    }
    Optional<String> broken = Checks.whyVoid(evidence, Suite.CHAOS);
    if (objections.isEmpty() && broken.isPresent()) {
      return Answer.notEvaluated(threshold, broken.get());
    }
    List<String> proven =
        Checks.ids(
            applicable, c -> Checks.isObserved(c) && proves(c, WITNESSED) && proves(c, HEALED));
    int total = Checks.ids(applicable, _ -> true).size();
    String value = proven.size() + " of " + total;
    String summary =
        objections.isEmpty()
            ? Checks.count(total, "fault") + " witnessed and healed"
            : (total - proven.size())
                + " of "
                + Checks.count(total, "fault")
                + " not shown to be witnessed and healed";
    return Answer.of(value, threshold, summary, objections);
  }

  /** G-05. */
  static Answer withinLimits(Evidence evidence, Policy policy) {
    String threshold = "0 above limit";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.CHAOS);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> checks = evidence.checks(Suite.CHAOS);
    List<String> broken = Checks.ids(checks, evidence::failsUnaccepted);
    int observed = Checks.ids(checks, Checks::isObserved).size();
    if (observed == 0) {
      return Answer.notEvaluated(threshold, "no failure mode could be observed");
    }
    List<Objection> objections = new ArrayList<>();
    for (CheckResult check : checks) {
      if (evidence.failsUnaccepted(check)) {
        objections.add(Objection.noGo(check.id() + ": " + check.title()));
      } else if (check.verdict() instanceof Verdict.Pass) {
        // A pass whose own numbers exceed their limits contradicts itself.
        check.measurements().stream()
            .filter(m -> !m.holds() && !m.name().equals(WITNESSED) && !m.name().equals(HEALED))
            .forEach(
                m ->
                    objections.add(
                        Objection.noGo(
                            check.id() + " passes although " + m.name() + " exceeds its limit")));
      }
    }
    Optional<String> faulted = Checks.whyVoid(evidence, Suite.CHAOS);
    if (objections.isEmpty() && faulted.isPresent()) {
      return Answer.notEvaluated(threshold, faulted.get());
    }
    String summary =
        objections.isEmpty()
            ? "every failure mode stayed within its limits"
            : Checks.count(Math.max(1, broken.size()), "failure mode")
                + " above "
                + (broken.size() > 1 ? "their limits" : "its limit")
                + (broken.isEmpty() ? "" : ": " + Checks.name(broken));
    return Answer.of(broken.size() + " above limit of " + observed, threshold, summary, objections);
  }

  private static void demand(
      CheckResult check, String measurement, String complaint, List<Objection> objections) {
    if (!proves(check, measurement)) {
      objections.add(Objection.noGo(check.id() + ": " + complaint));
    }
  }

  private static boolean proves(CheckResult check, String name) {
    List<Measurement> proofs =
        check.measurements().stream().filter(m -> m.name().equals(name)).toList();
    return !proofs.isEmpty()
        && proofs.stream().allMatch(m -> m.limit() != null && m.value() >= 1 && m.holds());
  }
}

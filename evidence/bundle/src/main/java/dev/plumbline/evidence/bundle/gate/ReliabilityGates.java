package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate over the reliability core of the bundled server. */
final class ReliabilityGates {
  private ReliabilityGates() {}

  /** G-11. A pass whose own numbers miss their limits contradicts itself. */
  static Answer coreHolds(Evidence evidence, Policy policy) {
    String threshold = "all met";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.RELIABILITY);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> applicable =
        evidence.checks(Suite.RELIABILITY).stream().filter(Checks::isApplicable).toList();
    List<Objection> objections = new ArrayList<>();
    for (CheckResult check : applicable) {
      objections(evidence, check, objections);
    }
    Optional<String> broken = Checks.whyVoid(evidence, Suite.RELIABILITY);
    if (objections.isEmpty() && broken.isPresent()) {
      return Answer.notEvaluated(threshold, broken.get());
    }
    int total = Checks.ids(applicable, _ -> true).size();
    List<String> missed = Checks.ids(applicable, evidence::failsUnaccepted);
    List<String> unseen = Checks.ids(applicable, c -> c.verdict() instanceof Verdict.NotObserved);
    int met = total - Checks.ids(applicable, c -> !(c.verdict() instanceof Verdict.Pass)).size();
    String summary =
        objections.isEmpty()
            ? Checks.count(total, "demand") + " met"
            : !missed.isEmpty()
                ? Checks.count(missed.size(), "demand") + " missed: " + Checks.name(missed)
                : !unseen.isEmpty()
                    ? Checks.count(unseen.size(), "demand")
                        + " not observed: "
                        + Checks.name(unseen)
                    : objections.getFirst().text();
    return Answer.of(met + " of " + total, threshold, summary, objections);
  }

  private static void objections(Evidence evidence, CheckResult check, List<Objection> into) {
    if (check.verdict() instanceof Verdict.NotObserved(var missing)) {
      into.add(Objection.inconclusive(check.id() + " was not observed: " + missing));
    } else if (evidence.failsUnaccepted(check)) {
      into.add(Objection.noGo(check.id() + ": " + check.title()));
    } else if (check.verdict() instanceof Verdict.Pass) {
      check.measurements().stream()
          .filter(m -> !m.holds())
          .forEach(
              m ->
                  into.add(
                      Objection.noGo(
                          check.id() + " passes although " + m.name() + " misses its limit")));
    }
  }
}

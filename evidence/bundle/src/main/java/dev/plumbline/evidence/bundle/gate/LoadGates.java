package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate over service level objectives. A number from a saturated generator is no number. */
final class LoadGates {
  /** How measurements of the load generator's own health are named. */
  private static final String GENERATOR = "generator";

  private LoadGates() {}

  /** G-06. */
  static Answer objectivesMet(Evidence evidence, Policy policy) {
    String threshold = "all met";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.PERF);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> applicable =
        evidence.checks(Suite.PERF).stream().filter(Checks::isApplicable).toList();
    List<Objection> objections = new ArrayList<>();
    for (CheckResult check : applicable) {
      objections(evidence, check, objections);
    }
    Optional<String> broken = Checks.whyVoid(evidence, Suite.PERF);
    if (objections.isEmpty() && broken.isPresent()) {
      return Answer.notEvaluated(threshold, broken.get());
    }
    int total = Checks.ids(applicable, _ -> true).size();
    List<String> missed = Checks.ids(applicable, evidence::failsUnaccepted);
    int met = total - Checks.ids(applicable, c -> !(c.verdict() instanceof Verdict.Pass)).size();
    String summary =
        objections.isEmpty()
            ? Checks.count(total, "SLO") + " met"
            : missed.isEmpty()
                ? objections.getFirst().text()
                : Checks.count(missed.size(), "SLO") + " missed: " + Checks.name(missed);
    return Answer.of(met + " of " + total, threshold, summary, objections);
  }

  private static void objections(Evidence evidence, CheckResult check, List<Objection> into) {
    if (check.verdict() instanceof Verdict.NotObserved(var missing)) {
      into.add(Objection.inconclusive(check.id() + " was not observed: " + missing));
      return;
    }
    if (evidence.failsUnaccepted(check)) {
      into.add(Objection.noGo(check.id() + ": " + check.title()));
    }
    if (Checks.isObserved(check)) {
      List<Measurement> health =
          check.measurements().stream()
              .filter(m -> m.name().startsWith(GENERATOR) && m.limit() != null)
              .toList();
      if (health.isEmpty()) {
        into.add(
            Objection.noGo(check.id() + ": nothing shows that the load generator was healthy"));
      }
      health.stream()
          .filter(m -> !m.holds())
          .forEach(
              m ->
                  into.add(
                      Objection.noGo(
                          check.id()
                              + ": the load generator was unhealthy, "
                              + m.name()
                              + " exceeds its limit")));
      if (check.verdict() instanceof Verdict.Pass) {
        check.measurements().stream()
            .filter(m -> !m.holds() && !m.name().startsWith(GENERATOR))
            .forEach(
                m ->
                    into.add(
                        Objection.noGo(
                            check.id() + " passes although " + m.name() + " misses its limit")));
      }
    }
  }
}

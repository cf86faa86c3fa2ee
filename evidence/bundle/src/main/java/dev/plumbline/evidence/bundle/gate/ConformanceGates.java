package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The gates over the specification's clauses. */
final class ConformanceGates {
  private ConformanceGates() {}

  /** G-01. */
  static Answer noMandatoryClauseFailed(Evidence evidence, Policy policy) {
    String threshold = "0 failed";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.CONFORMANCE);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> mandatory = mandatory(evidence);
    List<String> failed = Checks.ids(mandatory, evidence::failsUnaccepted);
    long observed = Checks.ids(mandatory, Checks::isObserved).size();
    List<Objection> objections =
        mandatory.stream()
            .filter(evidence::failsUnaccepted)
            .map(check -> Objection.noGo(check.id() + where(check) + ": " + check.title()))
            .toList();
    Optional<String> broken = Checks.whyVoid(evidence, Suite.CONFORMANCE);
    if (failed.isEmpty() && broken.isPresent()) {
      return Answer.notEvaluated(threshold, broken.get());
    }
    String summary =
        failed.isEmpty()
            ? "no mandatory clause failed"
            : Checks.count(failed.size(), "MUST clause") + " failed: " + Checks.name(failed);
    return Answer.of(
        failed.size() + " failed of " + observed + " observed", threshold, summary, objections);
  }

  /** G-02. */
  static Answer enoughObserved(Evidence evidence, Policy policy) {
    String threshold = "at least " + percent(policy.observedFloor());
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.CONFORMANCE);
    if (nothing.isPresent()) {
      // Asked for and nothing applies: a run that looked at nothing must not be a GO.
      boolean empty = !evidence.checks(Suite.CONFORMANCE).isEmpty();
      return empty
          ? Answer.of(
              "none applies",
              threshold,
              nothing.get(),
              List.of(Objection.inconclusive(nothing.get())))
          : Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> mandatory = mandatory(evidence);
    int applicable = Checks.ids(mandatory, Checks::isApplicable).size();
    int observed = Checks.ids(mandatory, Checks::isObserved).size();
    if (applicable == 0) {
      return Answer.notEvaluated(threshold, "no mandatory clause applies");
    }
    double share = (double) observed / applicable;
    String value = percent(share) + " (" + observed + " of " + applicable + ")";
    if (share >= policy.observedFloor()) {
      return Answer.of(
          value, threshold, value + " of the applicable MUST clauses were observed", List.of());
    }
    String summary =
        "only "
            + value
            + " of the applicable MUST clauses were observed, "
            + threshold
            + " is needed";
    return Answer.of(value, threshold, summary, List.of(Objection.inconclusive(summary)));
  }

  private static List<CheckResult> mandatory(Evidence evidence) {
    return evidence.checks(Suite.CONFORMANCE).stream()
        .filter(check -> check.level().isMandatory())
        .toList();
  }

  private static String where(CheckResult check) {
    return check.transport() == null ? "" : " (" + check.transport().id() + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
  }
}

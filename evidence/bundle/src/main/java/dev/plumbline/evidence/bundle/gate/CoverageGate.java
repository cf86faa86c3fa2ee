package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The gate over how much of the code its own tests reach. */
final class CoverageGate {
  /** The one check of the supply chain that this gate looks at. */
  static final String CHECK = "COV-001";

  private CoverageGate() {}

  /** G-17, C12: a pass whose own figures are below their limits contradicts itself. */
  static Answer enoughReached(Evidence evidence, Policy policy) {
    String threshold = "80 % of the lines overall and of every core package";
    Optional<CheckResult> found =
        evidence.checks(Suite.SUPPLY_CHAIN).stream()
            .filter(check -> check.id().equals(CHECK) && Checks.isObserved(check))
            .findFirst();
    if (found.isEmpty()) {
      return Answer.notEvaluated(
          threshold, "no table of the lines that tests reached: mvn verify makes one");
    }
    CheckResult check = found.get();
    List<Measurement> demanded =
        check.measurements().stream().filter(figure -> figure.limit() != null).toList();
    String value =
        demanded.stream()
            .min(Comparator.comparingDouble(Measurement::value))
            .map(lowest -> lowest.name() + ": " + lowest.value() + " %")
            .orElse("no figure");
    boolean tooFew = demanded.isEmpty() || demanded.stream().anyMatch(figure -> !figure.holds());
    if (!evidence.accepts(check) && (tooFew || check.verdict() instanceof Verdict.Fail)) {
      String text =
          check.verdict() instanceof Verdict.Fail(var findings)
              ? findings.getFirst().summary()
              : value;
      return Answer.of(value, threshold, text, List.of(Objection.noGo(CHECK + ": " + text)));
    }
    return Answer.of(value, threshold, "the least is " + value, List.of());
  }
}

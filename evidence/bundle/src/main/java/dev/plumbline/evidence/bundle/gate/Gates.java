package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.bundle.gate.Objection.Weight;
import java.util.List;

/**
 * All gates, and how their objections become a decision: the heaviest objection wins, a run nobody
 * objects to is a GO. To add a gate, add one function from evidence to an answer and one line here;
 * ids are never reused.
 */
public final class Gates {
  /** The gate over what the owner of a target accepted. */
  public static final String BASELINE = "G-08";

  private static final List<Gate> ALL =
      List.of(
          new Gate("G-01", "No mandatory clause failed", ConformanceGates::noMandatoryClauseFailed),
          new Gate("G-02", "Enough of what applies was observed", ConformanceGates::enoughObserved),
          new Gate(
              "G-03", "The evidence is complete and belongs to this run", EvidenceGates::complete),
          new Gate("G-04", "Every fault was witnessed and healed", ChaosGates::witnessedAndHealed),
          new Gate("G-05", "No failure mode exceeded its limits", ChaosGates::withinLimits),
          new Gate(
              "G-06", "Every SLO was met under a healthy load generator", LoadGates::objectivesMet),
          new Gate(
              "G-07",
              "The software bill of materials matches what ships",
              EvidenceGates::billMatches),
          new Gate(BASELINE, "The baseline has no stale or expired entry", BaselineGate::fresh),
          new Gate("G-09", "The official suite finds nothing", PeerGates::officialSuite),
          new Gate("G-10", "Everything works with SDKs made by others", PeerGates::interop),
          new Gate("G-11", "The reliability core holds", ReliabilityGates::coreHolds),
          new Gate("G-12", "No kept reproducer is left unfixed", ReproducerGate::noneUnfixed),
          new Gate("G-13", "Every rule is proven by a planted defect", PeerGates::killMatrix),
          new Gate("G-14", "No licence forbids what ships", ShippingGates::licences),
          new Gate("G-15", "A rebuild gives the same bytes", ShippingGates::rebuild),
          new Gate(
              "G-16",
              "Nothing that ships has a known grave vulnerability",
              ShippingGates::vulnerabilities),
          new Gate("G-17", "Tests reach enough of the code", CoverageGate::enoughReached),
          new Gate("G-18", "No benchmark is worse by more than a tenth", PeerGates::benchmarks));

  private Gates() {}

  /** The ids of all gates in order. */
  public static List<String> ids() {
    return ALL.stream().map(Gate::id).toList();
  }

  /** Asks every gate and decides. Pure. */
  public static DecisionRecord decide(Evidence evidence, Policy policy) {
    List<GateOutcome> outcomes = ALL.stream().map(gate -> gate.evaluate(evidence, policy)).toList();
    return new DecisionRecord(
        DecisionRecord.SCHEMA,
        evidence.run().runId(),
        evidence.run().complete(),
        decision(outcomes),
        policy,
        outcomes,
        Gaps.of(evidence),
        BaselineGate.accepted(evidence));
  }

  private static Decision decision(List<GateOutcome> outcomes) {
    List<String> faults = reasons(outcomes, Weight.HARNESS_FAULT);
    if (!faults.isEmpty()) {
      return new Decision.HarnessFault(faults);
    }
    List<String> breaches = reasons(outcomes, Weight.NO_GO);
    if (!breaches.isEmpty()) {
      return new Decision.NoGo(breaches);
    }
    List<String> doubts = reasons(outcomes, Weight.INCONCLUSIVE);
    return doubts.isEmpty() ? new Decision.Go() : new Decision.Inconclusive(doubts);
  }

  /** One line a gate: its summary, for gates with an objection of this weight. */
  private static List<String> reasons(List<GateOutcome> outcomes, Weight weight) {
    return outcomes.stream()
        .filter(gate -> gate.objections().stream().anyMatch(o -> o.weight() == weight))
        .map(gate -> gate.summary() + " (" + gate.id() + ")")
        .toList();
  }
}

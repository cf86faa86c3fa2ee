package dev.plumbline.evidence.bundle.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.bundle.gate.GateOutcome.State;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final Verdict PASS = new Verdict.Pass(1);
  private static final Verdict FAIL =
      new Verdict.Fail(
          new Finding("summary", "sent", "received", "expected", "actual", "fix", List.of()));
  private static final Verdict UNSEEN = new Verdict.NotObserved("no occasion");
  private static final Verdict INAPPLICABLE = new Verdict.NotApplicable("consent load");
  private static final List<Measurement> PROVEN =
      List.of(
          Measurement.atLeast("witnessed", 1, "1", 1, 1),
          Measurement.atLeast("healed", 1, "1", 1, 1));
  private static final List<Measurement> HEALTHY =
      List.of(Measurement.atMost("generator lateness p99", 0.2, "ms", 1, 10));

  private static final List<Measurement> KEPT =
      List.of(Measurement.atMost("health p99", 12, "ms", 100, 500));

  private final Map<Suite, SuiteResult> results = new EnumMap<>(Suite.class);
  private final Map<Suite, String> sealProblems = new EnumMap<>(Suite.class);
  private List<Suite> asked = List.of(Suite.values());
  private Map<String, String> notRun = Map.of();
  private Baseline baseline = Baseline.NONE;
  private Set<String> shipped = Set.of();
  private KeptReproducers kept = KeptReproducers.NONE;
  private TargetIdentity target = target(TargetIdentity.Kind.URL, Map.of());
  private boolean complete = true;

  private static KeptReproducers.Entry kept(
      String who, String reason, @org.jspecify.annotations.Nullable LocalDate until) {
    return new KeptReproducers.Entry(
        "20261101_101010_001", "TOOL-001", who, "It is wrong.", reason, until);
  }

  GatesTest() {
    kept =
        new KeptReproducers(List.of(kept(target.name(), "later", LocalDate.parse("2026-11-21"))));
    conformance(PASS, PASS, PASS);
    put(Suite.CHAOS, check("FM-07", Level.MUST, PASS, PROVEN));
    put(Suite.PERF, check("SLO-A", Level.MUST, PASS, HEALTHY));
    put(Suite.RELIABILITY, check("RC-701", Level.MUST, PASS, KEPT));
    put(
        Suite.SUPPLY_CHAIN,
        check("SBOM-001", Level.MUST, PASS, List.of()),
        check("SBOM-005", Level.MUST, PASS, List.of()),
        check("BLD-001", Level.MUST, PASS, List.of()),
        check("VULN-001", Level.MUST, PASS, List.of()),
        covered(PASS, 92));
    put(Suite.REFEREE, check("OS-SERVER-2025-11-25-PING", Level.MUST, PASS, List.of()));
    put(Suite.INTEROP, check("IO-GO-CLIENT-CALL", Level.MUST, PASS, List.of()));
    put(Suite.MUTANTS, check("MU-TOOLS-ROTATE-HTTP", Level.MUST, PASS, List.of()));
    put(Suite.BENCHMARKS, check("BEN-101", Level.MUST, PASS, List.of()));
  }

  @Test
  void aBenchmarkThatGotWorseIsANoGo() {
    put(
        Suite.BENCHMARKS,
        check("BEN-101", Level.MUST, FAIL, List.of()),
        check("BEN-102", Level.MUST, PASS, List.of()));
    assertThat(decide().decision())
        .isEqualTo(new Decision.NoGo(List.of("1 benchmark failed: BEN-101 (G-18)")));
    assertThat(outcome("G-18").value()).isEqualTo("1 failed of 2");
  }

  @Test
  void benchmarksThatWereNeverRecordedHoldNoGate() {
    put(Suite.BENCHMARKS, check("BEN-101", Level.MUST, UNSEEN, List.of()));
    assertThat(outcome("G-18").state()).isEqualTo(State.NOT_EVALUATED);
  }

  @Test
  void aPlantedDefectThatNoRuleNoticesIsANoGo() {
    put(Suite.MUTANTS, check("MU-TOOLS-ROTATE-HTTP", Level.MUST, FAIL, List.of()));
    assertThat(decide().decision())
        .isEqualTo(new Decision.NoGo(List.of("1 mutant failed: MU-TOOLS-ROTATE-HTTP (G-13)")));
  }

  @Test
  void aDemandOnTheReliabilityCoreThatIsMissedIsANoGo() {
    put(
        Suite.RELIABILITY,
        check("RC-701", Level.MUST, FAIL, List.of()),
        check("RC-702", Level.MUST, PASS, KEPT));
    assertThat(decide().decision())
        .isEqualTo(new Decision.NoGo(List.of("1 demand missed: RC-701 (G-11)")));
    assertThat(outcome("G-11").value()).isEqualTo("1 of 2");
  }

  @Test
  void aDemandThatWasNotObservedIsInconclusive() {
    put(
        Suite.RELIABILITY,
        check("RC-701", Level.MUST, UNSEEN, List.of()),
        check("RC-702", Level.MUST, PASS, KEPT));
    assertThat(decide().decision())
        .isEqualTo(new Decision.Inconclusive(List.of("1 demand not observed: RC-701 (G-11)")));
  }

  @Test
  void aDemandThatPassesAgainstItsOwnNumbersIsANoGo() {
    List<Measurement> over = List.of(Measurement.atMost("health p99", 101, "ms", 100, 500));
    put(Suite.RELIABILITY, check("RC-701", Level.MUST, PASS, over));
    assertThat(decide().decision().why())
        .containsExactly("RC-701 passes although health p99 misses its limit (G-11)");
  }

  @Test
  void aReliabilityCoreThatWasNotMeasuredLeavesItsGateUnevaluated() {
    put(Suite.RELIABILITY, check("RC-701", Level.MUST, INAPPLICABLE, List.of()));
    assertThat(outcome("G-11").state()).isEqualTo(State.NOT_EVALUATED);
    put(
        Suite.RELIABILITY,
        check("RC-701", Level.MUST, new Verdict.HarnessFault("late"), List.of()));
    assertThat(outcome("G-11").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(decide().decision()).isInstanceOf(Decision.HarnessFault.class);
  }

  @Test
  void whatPeersFindIsANoGo() {
    put(Suite.REFEREE, check("OS-SERVER-2025-11-25-PING", Level.MUST, FAIL, List.of()));
    assertThat(decide().decision())
        .isEqualTo(
            new Decision.NoGo(List.of("1 scenario failed: OS-SERVER-2025-11-25-PING (G-09)")));
    put(Suite.INTEROP, check("IO-GO-CLIENT-CALL", Level.MUST, FAIL, List.of()));
    assertThat(outcome("G-10").summary()).isEqualTo("1 cell failed: IO-GO-CLIENT-CALL");
  }

  @Test
  void peersThatSawNothingHoldNoGate() {
    put(Suite.INTEROP, check("IO-GO-CLIENT-CALL", Level.MUST, UNSEEN, List.of()));
    assertThat(outcome("G-10").state()).isEqualTo(State.NOT_EVALUATED);
  }

  @Test
  void peersThatWereNotAskedForLeaveTheirGatesUnevaluated() {
    asked =
        List.of(Suite.CONFORMANCE, Suite.CHAOS, Suite.PERF, Suite.RELIABILITY, Suite.SUPPLY_CHAIN);
    results.remove(Suite.REFEREE);
    results.remove(Suite.INTEROP);
    results.remove(Suite.MUTANTS);
    results.remove(Suite.BENCHMARKS);
    assertThat(decide().decision()).isEqualTo(new Decision.Go());
    assertThat(outcome("G-18").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(outcome("G-09").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(outcome("G-10").state()).isEqualTo(State.NOT_EVALUATED);
  }

  @Test
  void aKeptReproducerIsFixedOrAcceptedForAWhile() {
    kept =
        new KeptReproducers(
            List.of(
                kept(target.name(), "", null),
                kept(target.name(), "later", LocalDate.parse("2026-11-20")),
                kept("another server", "", null)));
    assertThat(decide().decision())
        .isEqualTo(
            new Decision.NoGo(
                List.of("2 kept reproducers neither fixed nor accepted: TOOL-001 (G-12)")));
    assertThat(outcome("G-12").value()).isEqualTo("2 unfixed of 2 kept");
    kept = KeptReproducers.NONE;
    assertThat(outcome("G-12").state()).isEqualTo(State.NOT_EVALUATED);
    assertThatThrownBy(() -> kept(target.name(), "", LocalDate.parse("2026-11-20")))
        .hasMessageContaining("reason");
  }

  @Test
  void aRunNobodyObjectsToIsAGo() {
    assertThat(decide().decision()).isEqualTo(new Decision.Go());
    assertThat(decide().decision().exitCode()).isEqualTo(ExitCode.GO);
    assertThat(decide().gates()).extracting(GateOutcome::state).containsOnly(State.HELD);
  }

  @Test
  void aFailedMustIsANoGoThatNamesTheClause() {
    conformance(PASS, FAIL, PASS);
    assertThat(decide().decision())
        .isEqualTo(new Decision.NoGo(List.of("1 MUST clause failed: TOOL-002 (G-01)")));
    assertThat(outcome("G-01").value()).isEqualTo("1 failed of 3 observed");
  }

  @Test
  void aFailedShouldIsNot() {
    put(
        Suite.CONFORMANCE,
        check("TOOL-001", Level.MUST, PASS, List.of()),
        check("TOOL-002", Level.SHOULD, FAIL, List.of()));
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void aFailedClauseInTheBaselineIsAcceptedAndListed() {
    conformance(PASS, FAIL, PASS);
    baseline = baseline("TOOL-002", "2026-12-01");
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
    assertThat(decide().accepted()).containsExactly("TOOL-002: known (until 2026-12-01)");
  }

  @Test
  void anExpiredBaselineEntryAcceptsNothing() {
    conformance(PASS, FAIL, PASS);
    baseline = baseline("TOOL-002", "2026-11-20");
    assertThat(decide().decision().why())
        .hasSize(2)
        .anyMatch(reason -> reason.endsWith("(G-01)"))
        .anyMatch(reason -> reason.contains("expired on 2026-11-20") && reason.endsWith("(G-08)"));
  }

  @Test
  void aBaselineEntryCountsOnItsLastDay() {
    conformance(PASS, FAIL, PASS);
    baseline = baseline("TOOL-002", "2026-11-21");
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void aBaselineEntryWhoseCheckPassesIsStale() {
    baseline = baseline("TOOL-002", "2027-01-01");
    assertThat(decide().decision().why()).singleElement().asString().contains("TOOL-002 is stale");
  }

  @Test
  void aBaselineEntryThatNamesNothingIsStaleOnlyWhenEverythingRan() {
    baseline = baseline("TOOL-999", "2027-01-01");
    assertThat(decide().decision()).isInstanceOf(Decision.NoGo.class);
    asked = List.of(Suite.CONFORMANCE);
    results.keySet().retainAll(Set.of(Suite.CONFORMANCE));
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void aBaselineEntryThatASelectionLeavesOutIsNotStale() {
    baseline = baseline("TOOL-999", "2027-01-01");
    notRun = Map.of(RunManifest.OTHER_CLAUSES, "only TOOL-001 asked for");
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void aBaselineEntryThatEndsWithinTwoWeeksIsSpokenOf() {
    conformance(PASS, FAIL, PASS);
    baseline = baseline("TOOL-002", "2026-12-04");
    assertThat(outcome("G-08").value())
        .isEqualTo("0 stale or expired of 1; TOOL-002 only until 2026-12-04, 13 days left");
    assertThat(outcome("G-08").summary())
        .isEqualTo(
            "1 failure accepted by the baseline; TOOL-002 only until 2026-12-04, 13 days left");
    baseline = baseline("TOOL-002", "2026-12-05");
    assertThat(outcome("G-08").value()).isEqualTo("0 stale or expired of 1");
  }

  @Test
  void aSelectionOfWhichNothingAppliesIsInconclusive() {
    conformance(new Verdict.NotApplicable("capability prompts"));
    assertThat(decide().decision())
        .isEqualTo(
            new Decision.Inconclusive(
                List.of("no check of conformance applies: capability prompts (G-02)")));
  }

  @Test
  void tooLittleObservedIsInconclusive() {
    conformance(PASS, PASS, PASS, UNSEEN);
    assertThat(decide().decision()).isInstanceOf(Decision.Inconclusive.class);
    assertThat(decide().decision().exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(outcome("G-02").value()).isEqualTo("75.0 % (3 of 4)");
    assertThat(outcome("G-02").threshold()).isEqualTo("at least 80.0 %");
  }

  @Test
  void observedAtTheFloorIsEnough() {
    conformance(PASS, PASS, PASS, PASS, UNSEEN);
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void aFailureOutweighsDoubt() {
    conformance(FAIL, UNSEEN, UNSEEN);
    assertThat(decide().decision()).isInstanceOf(Decision.NoGo.class);
  }

  @Test
  void aHarnessFaultVoidsEverything() {
    conformance(FAIL, new Verdict.HarnessFault("disk full"));
    assertThat(decide().decision()).isInstanceOf(Decision.HarnessFault.class);
    assertThat(decide().decision().exitCode()).isEqualTo(ExitCode.HARNESS_FAULT);
    assertThat(decide().decision().why().getFirst()).contains("disk full");
  }

  @Test
  void noGateHoldsOnWhatPlumblineFailedToSee() {
    Verdict fault = new Verdict.HarnessFault("too busy");
    conformance(PASS, fault);
    put(Suite.CHAOS, check("FM-07", Level.MUST, fault, PROVEN));
    put(Suite.PERF, check("SLO-A", Level.MUST, fault, HEALTHY));
    for (String id : List.of("G-01", "G-04", "G-05", "G-06")) {
      assertThat(outcome(id).state()).as(id).isEqualTo(State.NOT_EVALUATED);
    }
  }

  @Test
  void aSuiteThatBrokeIsAHarnessFault() {
    results.remove(Suite.CHAOS);
    complete = false;
    notRun = Map.of("chaos", "harness fault: the proxy died");
    assertThat(decide().decision()).isInstanceOf(Decision.HarnessFault.class);
    assertThat(outcome("G-03").value()).isEqualTo("8 of 9 suites");
  }

  @Test
  void aSuiteWithoutResultsIsANoGo() {
    results.remove(Suite.CHAOS);
    assertThat(decide().decision())
        .isEqualTo(new Decision.NoGo(List.of("chaos has no results (G-03)")));
    assertThat(outcome("G-04").state()).isEqualTo(State.NOT_EVALUATED);
  }

  @Test
  void aSuiteThatJudgedNothingIsANoGo() {
    put(Suite.CHAOS);
    assertThat(decide().decision().why()).containsExactly("chaos judged nothing (G-03)");
  }

  @Test
  void aRunThatWasCutShortIsANoGo() {
    complete = false;
    assertThat(decide().decision().why())
        .containsExactly("the run was cut short and is incomplete (G-03)");
  }

  @Test
  void evidenceOfAnotherSubjectIsANoGo() {
    sealProblems.put(Suite.PERF, "its raw data is about another target, http://other");
    assertThat(decide().decision().why())
        .singleElement()
        .asString()
        .startsWith("perf: its raw data is about another target");
  }

  @Test
  void resultsNobodyAskedForAreANoGo() {
    asked =
        List.of(
            Suite.CONFORMANCE,
            Suite.CHAOS,
            Suite.PERF,
            Suite.RELIABILITY,
            Suite.REFEREE,
            Suite.INTEROP,
            Suite.MUTANTS,
            Suite.BENCHMARKS);
    assertThat(decide().decision().why())
        .containsExactly("supply-chain has results but was not asked for (G-03)");
  }

  @Test
  void aSuiteNotAskedForIsNotEvaluatedAndSaysSo() {
    asked = List.of(Suite.CONFORMANCE);
    results.keySet().retainAll(Set.of(Suite.CONFORMANCE));
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
    assertThat(outcome("G-06").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(decide().notLookedAt())
        .extracting(DecisionRecord.Gap::what)
        .contains("chaos", "perf", "supply-chain");
  }

  @Test
  void aSuiteThatDoesNotApplyIsNotEvaluatedAndEquallyVisible() {
    put(Suite.PERF, check("SLO-A", Level.MUST, INAPPLICABLE, List.of()));
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
    assertThat(outcome("G-06").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(outcome("G-06").summary()).contains("consent load");
    assertThat(decide().notLookedAt())
        .contains(new DecisionRecord.Gap("perf, not applicable", "consent load", List.of("SLO-A")));
  }

  @Test
  void anUnwitnessedFaultIsANoGo() {
    put(Suite.CHAOS, check("FM-07", Level.MUST, PASS, PROVEN.subList(1, 2)));
    assertThat(outcome("G-04").objections())
        .containsExactly(Objection.noGo("FM-07: no witness saw the fault"));
  }

  @Test
  void aFaultThatDidNotHealIsANoGo() {
    put(
        Suite.CHAOS,
        check(
            "FM-07",
            Level.MUST,
            PASS,
            List.of(PROVEN.getFirst(), Measurement.atLeast("healed", 0, "1", 1, 1))));
    assertThat(outcome("G-04").objections())
        .containsExactly(Objection.noGo("FM-07: the fault was not seen to heal"));
  }

  @Test
  void anUnobservedFaultIsInconclusive() {
    put(Suite.CHAOS, check("FM-07", Level.MUST, UNSEEN, List.of()));
    assertThat(decide().decision()).isInstanceOf(Decision.Inconclusive.class);
  }

  @Test
  void aFailureModeAboveItsLimitIsANoGo() {
    put(Suite.CHAOS, check("FM-07", Level.MUST, FAIL, PROVEN));
    assertThat(decide().decision().why())
        .containsExactly("1 failure mode above its limit: FM-07 (G-05)");
  }

  @Test
  void aPassAboveItsOwnLimitContradictsItself() {
    List<Measurement> slow = new ArrayList<>(PROVEN);
    slow.add(Measurement.atMost("recovery time", 9, "s", 5, 1));
    put(Suite.CHAOS, check("FM-07", Level.MUST, PASS, slow));
    assertThat(decide().decision()).isInstanceOf(Decision.NoGo.class);
  }

  @Test
  void aMissedObjectiveIsANoGo() {
    put(Suite.PERF, check("SLO-A", Level.MUST, FAIL, HEALTHY));
    assertThat(decide().decision().why()).containsExactly("1 SLO missed: SLO-A (G-06)");
  }

  @Test
  void anObjectiveMetByAnUnhealthyGeneratorIsANoGo() {
    put(
        Suite.PERF,
        check(
            "SLO-A",
            Level.MUST,
            PASS,
            List.of(Measurement.atMost("generator lateness p99", 3, "ms", 1, 10))));
    assertThat(outcome("G-06").objections().getFirst().text()).contains("unhealthy");
  }

  @Test
  void anObjectiveWithoutGeneratorHealthIsANoGo() {
    put(Suite.PERF, check("SLO-A", Level.MUST, PASS, List.of()));
    assertThat(outcome("G-06").objections().getFirst().text()).contains("nothing shows");
  }

  @Test
  void aMissingBillOfMaterialsIsANoGo() {
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, FAIL, List.of()));
    assertThat(outcome("G-07").state()).isEqualTo(State.OBJECTED);
  }

  @Test
  void whatNobodyLookedAtOfTheSupplyChainIsNoObjection() {
    put(
        Suite.SUPPLY_CHAIN,
        check("SBOM-001", Level.MUST, PASS, List.of()),
        check("SBOM-005", Level.MUST, UNSEEN, List.of()),
        check("BLD-001", Level.MUST, UNSEEN, List.of()),
        check("VULN-001", Level.MUST, UNSEEN, List.of()));
    assertThat(decide().decision()).isEqualTo(new Decision.Go());
    for (String gate : List.of("G-14", "G-15", "G-16")) {
      assertThat(outcome(gate).state()).isEqualTo(State.NOT_EVALUATED);
      assertThat(outcome(gate).summary()).isEqualTo("no occasion");
    }
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, UNSEEN, List.of()));
    assertThat(outcome("G-07").state()).isEqualTo(State.OBJECTED);
  }

  @Test
  void whatMayNotShipIsANoGoOfItsOwnGate() {
    Map<String, String> gates = Map.of("SBOM-005", "G-14", "BLD-001", "G-15", "VULN-001", "G-16");
    gates.forEach(
        (check, gate) -> {
          put(
              Suite.SUPPLY_CHAIN,
              check("SBOM-001", Level.MUST, PASS, List.of()),
              check(check, Level.MUST, FAIL, List.of()));
          assertThat(decide().decision())
              .isEqualTo(new Decision.NoGo(List.of("summary (" + gate + ")")));
          put(
              Suite.SUPPLY_CHAIN,
              check("SBOM-001", Level.MUST, PASS, List.of()),
              check(check, Level.MUST, PASS, List.of()));
          assertThat(outcome(gate).state()).isEqualTo(State.HELD);
        });
  }

  @Test
  void whatMayNotShipCanBeAcceptedForAWhile() {
    put(
        Suite.SUPPLY_CHAIN,
        check("SBOM-001", Level.MUST, PASS, List.of()),
        check("SBOM-005", Level.MUST, FAIL, List.of()));
    baseline = baseline("SBOM-005", "2027-01-01");
    assertThat(decide().decision()).isEqualTo(new Decision.Go());
  }

  @Test
  void tooFewReachedLinesAreANoGo() {
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, PASS, List.of()), covered(PASS, 79.9));
    assertThat(outcome("G-17").summary()).isEqualTo("lines reached: 79.9 %");
    assertThat(outcome("G-07").state()).isEqualTo(State.HELD);
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, PASS, List.of()), covered(FAIL, 79.9));
    assertThat(decide().decision()).isEqualTo(new Decision.NoGo(List.of("summary (G-17)")));
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, PASS, List.of()), covered(PASS, 80));
    assertThat(outcome("G-17").state()).isEqualTo(State.HELD);
    assertThat(outcome("G-17").value()).isEqualTo("lines reached: 80.0 %");
  }

  @Test
  void linesThatNobodyCountedHoldNoGate() {
    put(Suite.SUPPLY_CHAIN, check("SBOM-001", Level.MUST, PASS, List.of()), covered(UNSEEN, 90));
    assertThat(outcome("G-17").state()).isEqualTo(State.NOT_EVALUATED);
    assertThat(outcome("G-07").state()).isEqualTo(State.HELD);
  }

  @Test
  void aBundledTargetMustBeAmongTheShippedJars() {
    target = target(TargetIdentity.Kind.BUNDLED, Map.of("server.jar", "a".repeat(64)));
    assertThat(outcome("G-07").objections().getFirst().text())
        .contains("server.jar was judged but is not among");
    shipped = Set.of("a".repeat(64));
    assertThat(decide().decision()).isInstanceOf(Decision.Go.class);
  }

  @Test
  void theSameEvidenceGivesTheSameDecision() {
    conformance(FAIL, UNSEEN, INAPPLICABLE);
    assertThat(decide()).isEqualTo(decide());
  }

  @Test
  void gateIdsAreInOrderAndNeverTwice() {
    assertThat(Gates.ids())
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(id -> id.matches("G-\\d\\d"));
  }

  @Test
  void aDecisionAgainstATargetNeedsAReason() {
    assertThatThrownBy(() -> new Decision.NoGo(List.of())).hasMessageContaining("reason");
  }

  @Test
  void aBaselineNamesNoCheckTwice() {
    Baseline.Entry entry = new Baseline.Entry("TOOL-001", "known", LocalDate.parse("2027-01-01"));
    assertThatThrownBy(() -> new Baseline(List.of(entry, entry))).hasMessageContaining("twice");
  }

  private DecisionRecord decide() {
    RunManifest run =
        new RunManifest(
            RunManifest.SCHEMA,
            "run",
            "0.1.0",
            Instant.parse("2026-11-21T10:00:00Z"),
            Instant.parse("2026-11-21T10:01:00Z"),
            complete,
            new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, true),
            target,
            asked,
            notRun,
            Map.of());
    return Gates.decide(
        new Evidence(run, results, sealProblems, shipped, baseline, kept), Policy.standard());
  }

  private GateOutcome outcome(String id) {
    return decide().gates().stream().filter(gate -> gate.id().equals(id)).findFirst().orElseThrow();
  }

  private void conformance(Verdict... verdicts) {
    List<CheckResult> checks = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      checks.add(check("TOOL-%03d".formatted(checks.size() + 1), Level.MUST, verdict, List.of()));
    }
    put(Suite.CONFORMANCE, checks.toArray(CheckResult[]::new));
  }

  private static CheckResult covered(Verdict verdict, double percent) {
    List<Measurement> figures =
        List.of(Measurement.atLeast("lines reached", percent, "%", 80, 1000));
    return check("COV-001", Level.MUST, verdict, figures);
  }

  private void put(Suite suite, CheckResult... checks) {
    results.put(suite, new SuiteResult(suite, List.of(checks), Map.of()));
  }

  private static CheckResult check(
      String id, Level level, Verdict verdict, List<Measurement> measurements) {
    return new CheckResult(
        id, "title of " + id, level, null, null, "page", verdict, measurements, List.of());
  }

  private static Baseline baseline(String clause, String expires) {
    return new Baseline(List.of(new Baseline.Entry(clause, "known", LocalDate.parse(expires))));
  }

  private static TargetIdentity target(TargetIdentity.Kind kind, Map<String, String> digests) {
    return new TargetIdentity(
        kind, "http://127.0.0.1/mcp", "name", "1", List.of(), List.of(), digests);
  }
}

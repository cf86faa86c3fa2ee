package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gates over the evidence itself: is it all there, about the right thing, and still true. */
final class EvidenceGates {
  /** How a reason in {@link RunManifest#notRun()} begins when Plumbline itself failed. */
  private static final String HARNESS_FAULT = "harness fault";

  private EvidenceGates() {}

  /** G-03. */
  static Answer complete(Evidence evidence, Policy policy) {
    RunManifest run = evidence.run();
    Set<Suite> sound = new LinkedHashSet<>(run.suites());
    List<Objection> objections = new ArrayList<>();
    run.notRun().entrySet().stream()
        .filter(entry -> entry.getValue().startsWith(HARNESS_FAULT))
        .forEach(
            entry ->
                objections.add(Objection.harnessFault(entry.getKey() + ": " + entry.getValue())));
    if (run.suites().isEmpty()) {
      objections.add(Objection.noGo("no suite was asked for"));
    }
    if (!run.complete()) {
      objections.add(Objection.noGo("the run was cut short and is incomplete"));
    }
    if (run.ended().isBefore(run.started())) {
      objections.add(Objection.noGo("the run ends before it starts"));
    }
    for (Suite suite : run.suites()) {
      List<Objection> own = suiteObjections(evidence, suite);
      objections.addAll(own);
      if (!own.isEmpty() || !evidence.results().containsKey(suite)) {
        sound.remove(suite);
      }
    }
    evidence.results().keySet().stream()
        .filter(suite -> !run.suites().contains(suite))
        .forEach(
            suite ->
                objections.add(Objection.noGo(suite.id() + " has results but was not asked for")));
    String value =
        sound.size() + " of " + Checks.count(new LinkedHashSet<>(run.suites()).size(), "suite");
    String summary =
        objections.isEmpty() ? value + " with complete evidence" : heaviest(objections);
    return Answer.of(value, "every suite asked for, run complete", summary, objections);
  }

  static String heaviest(List<Objection> objections) {
    Objection first =
        objections.stream()
            .reduce((a, b) -> b.weight().compareTo(a.weight()) > 0 ? b : a)
            .orElseThrow();
    int others = objections.size() - 1;
    return first.text() + (others == 0 ? "" : ", and " + others + " more");
  }

  private static List<Objection> suiteObjections(Evidence evidence, Suite suite) {
    List<Objection> objections = new ArrayList<>();
    SuiteResult result = evidence.results().get(suite);
    String why = evidence.run().notRun().get(suite.id());
    if (result == null) {
      boolean faulted = why != null && why.startsWith(HARNESS_FAULT);
      if (!faulted) {
        objections.add(
            Objection.noGo(suite.id() + " has no results" + (why == null ? "" : ": " + why)));
      }
      return objections;
    }
    if (result.suite() != suite) {
      objections.add(Objection.noGo(suite.id() + " holds the results of " + result.suite().id()));
    }
    if (result.checks().isEmpty()) {
      objections.add(Objection.noGo(suite.id() + " judged nothing"));
    }
    String seal = evidence.sealProblems().get(suite);
    if (seal != null) {
      objections.add(Objection.noGo(suite.id() + ": " + seal));
    }
    for (CheckResult check : result.checks()) {
      if (check.verdict() instanceof Verdict.HarnessFault(var cause)) {
        objections.add(Objection.harnessFault(check.id() + ": " + cause));
      }
    }
    return objections;
  }

  /** G-07. */
  static Answer billMatches(Evidence evidence, Policy policy) {
    String threshold = "present, every shipped jar listed";
    Optional<String> nothing = Checks.whyNothing(evidence, Suite.SUPPLY_CHAIN);
    if (nothing.isPresent()) {
      return Answer.notEvaluated(threshold, nothing.get());
    }
    List<CheckResult> checks =
        evidence.checks(Suite.SUPPLY_CHAIN).stream()
            .filter(check -> !ShippingGates.CHECKS.contains(check.id()))
            .toList();
    List<Objection> objections = new ArrayList<>();
    for (CheckResult check : checks) {
      if (check.level().isMandatory() && evidence.failsUnaccepted(check)) {
        objections.add(Objection.noGo(check.id() + ": " + check.title()));
      } else if (check.level().isMandatory()
          && check.verdict() instanceof Verdict.NotObserved(var missing)) {
        objections.add(Objection.noGo(check.id() + ": " + missing));
      }
    }
    TargetIdentity target = evidence.run().target();
    if (target.kind() == TargetIdentity.Kind.BUNDLED) {
      target.digests().entrySet().stream()
          .filter(entry -> !evidence.shippedDigests().contains(entry.getValue()))
          .forEach(
              entry ->
                  objections.add(
                      Objection.noGo(
                          entry.getKey()
                              + " was judged but is not among the jars the SBOM was checked against")));
    }
    long held = checks.stream().filter(check -> check.verdict() instanceof Verdict.Pass).count();
    String value =
        held
            + " of "
            + Checks.count(checks.stream().filter(Checks::isApplicable).count(), "check")
            + " passed";
    String summary =
        objections.isEmpty() ? "the SBOM is present and matches" : heaviest(objections);
    return Answer.of(value, threshold, summary, objections);
  }
}

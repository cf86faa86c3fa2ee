package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every figure of a run by subject and name. A name begins with the check it is from. Suites of
 * clauses, which do not measure, are told by their counts.
 */
final class Figures {
  /** Suites whose checks are many and alike. */
  private static final Set<Suite> COUNTED =
      Set.of(Suite.CONFORMANCE, Suite.REFEREE, Suite.INTEROP, Suite.MUTANTS);

  private static final String FINDINGS = "findings";

  private final Map<Section, Map<String, Metric>> sections = new EnumMap<>(Section.class);

  private Figures() {
    for (Section section : Section.values()) {
      sections.put(section, new LinkedHashMap<>());
    }
  }

  static Map<Section, Map<String, Metric>> of(Outcomes outcomes) {
    Figures figures = new Figures();
    for (Suite suite : Suite.values()) {
      SuiteResult result = outcomes.results().get(suite);
      if (result == null) {
        figures.add(
            Section.of(suite),
            suite.id(),
            Metric.without("what the suite finds", "1", suite.id(), outcomes.whyNot(suite)));
      } else if (COUNTED.contains(suite)) {
        figures.count(suite, result.checks());
      } else {
        result.checks().forEach(check -> figures.check(suite, check));
      }
    }
    figures.checklist(
        outcomes.parts(Owasp.named().stream().filter(id -> !Outcomes.isGate(id)).toList()));
    return figures.sections;
  }

  /** Any server has this figure: what failed of all that the checklist names. */
  private void checklist(List<Shown> checks) {
    String name = "checklist failed";
    String title = "checks of the checklist that failed";
    long failed = checks.stream().filter(one -> one.status() == Standing.FAILED).count();
    long observed = failed + checks.stream().filter(one -> one.status() == Standing.SHOWN).count();
    add(
        Section.SECURITY,
        name,
        observed == 0
            ? Metric.without(title, "checks", "", "none was observed")
            : Metric.against(title, (double) failed, "checks", 0, Relation.AT_MOST, observed, ""));
  }

  private void check(Suite suite, CheckResult check) {
    Section section = Section.of(suite, check);
    String id = check.transport() == null ? check.id() : check.id() + "@" + check.transport().id();
    switch (check.verdict()) {
      case Verdict.Pass(long examined) -> {
        check.measurements().forEach(found -> measured(section, id, check, found));
        if (check.measurements().stream().allMatch(found -> found.limit() == null)) {
          add(
              section,
              id + " " + FINDINGS,
              Metric.against(
                  check.title(), 0, FINDINGS, 0, Relation.AT_MOST, examined, check.id()));
        }
      }
      case Verdict.Fail(var findings) -> {
        check.measurements().forEach(found -> measured(section, id, check, found));
        if (check.measurements().stream().allMatch(Measurement::holds)) {
          add(
              section,
              id + " " + FINDINGS,
              Metric.against(
                  check.title(),
                  findings.size(),
                  FINDINGS,
                  0,
                  Relation.AT_MOST,
                  findings.size(),
                  check.id()));
        }
      }
      case Verdict.NotObserved(var missing) -> without(section, id, check, missing);
      case Verdict.NotApplicable(var reason) -> without(section, id, check, reason);
      case Verdict.HarnessFault(var cause) -> without(section, id, check, "void: " + cause);
    }
  }

  private void measured(Section section, String id, CheckResult check, Measurement found) {
    add(section, id + " " + found.name(), Metric.of(check.title(), found, check.id()));
  }

  private void without(Section section, String id, CheckResult check, String why) {
    add(section, id, Metric.without(check.title(), "1", check.id(), why));
  }

  /** How many clauses a suite saw broken, and how many it did not see. */
  private void count(Suite suite, List<CheckResult> checks) {
    Section section = Section.of(suite);
    for (boolean mandatory : new boolean[] {true, false}) {
      List<CheckResult> some =
          checks.stream().filter(check -> check.level().isMandatory() == mandatory).toList();
      long failed = count(some, Verdict.Fail.class);
      long observed = failed + count(some, Verdict.Pass.class);
      String name = suite.id() + (mandatory ? " mandatory failed" : " recommended failed");
      String title = mandatory ? "mandatory checks that failed" : "recommended checks that failed";
      if (observed == 0) {
        if (!some.isEmpty() || mandatory) {
          add(section, name, Metric.without(title, "checks", suite.id(), "none was observed"));
        }
      } else if (mandatory) {
        add(
            section,
            name,
            Metric.against(
                title, (double) failed, "checks", 0, Relation.AT_MOST, observed, suite.id()));
      } else {
        add(section, name, Metric.observed(title, (double) failed, "checks", observed, suite.id()));
      }
    }
    long unseen = count(checks, Verdict.NotObserved.class);
    add(
        section,
        suite.id() + " not observed",
        Metric.observed(
            "checks that apply and saw nothing",
            (double) unseen,
            "checks",
            checks.size(),
            suite.id()));
  }

  private static long count(List<CheckResult> checks, Class<? extends Verdict> verdict) {
    return checks.stream().filter(check -> verdict.isInstance(check.verdict())).count();
  }

  /** A name that is taken already gets a number. */
  private void add(Section section, String name, Metric metric) {
    Map<String, Metric> into = sections.getOrDefault(section, Map.of());
    String free = name;
    for (int number = 2; into.containsKey(free); number++) {
      free = name + " #" + number;
    }
    into.put(free, metric);
  }
}

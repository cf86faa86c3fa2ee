package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.bundle.gate.DecisionRecord.Gap;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was not looked at, and why: the part of a decision that is silent unless it is written. */
final class Gaps {
  private Gaps() {}

  static List<Gap> of(Evidence evidence) {
    List<Gap> gaps = new ArrayList<>();
    evidence.run().notRun().forEach((what, why) -> gaps.add(new Gap(what, why, List.of())));
    for (Suite suite : Suite.values()) {
      boolean asked = evidence.run().suites().contains(suite);
      if (!asked && !evidence.run().notRun().containsKey(suite.id())) {
        gaps.add(new Gap(suite.id(), "not asked for", List.of()));
      }
    }
    evidence.results().values().forEach(result -> addChecks(result, gaps));
    return gaps;
  }

  /**
   * One gap a reason, naming its checks: first what could not be observed, then what does not
   * apply.
   */
  private static void addChecks(SuiteResult result, List<Gap> gaps) {
    Map<String, List<String>> unobserved = new LinkedHashMap<>();
    Map<String, List<String>> inapplicable = new LinkedHashMap<>();
    for (CheckResult check : result.checks()) {
      switch (check.verdict()) {
        case Verdict.NotObserved(var missing) -> add(unobserved, missing, check.id());
        case Verdict.NotApplicable(var reason) -> add(inapplicable, reason, check.id());
        case Verdict.Pass _, Verdict.Fail _, Verdict.HarnessFault _ -> {}
      }
    }
    String suite = result.suite().id();
    unobserved.forEach((why, ids) -> gaps.add(new Gap(suite + ", not observed", why, ids)));
    inapplicable.forEach((why, ids) -> gaps.add(new Gap(suite + ", not applicable", why, ids)));
  }

  private static void add(Map<String, List<String>> byReason, String reason, String id) {
    List<String> ids = byReason.computeIfAbsent(reason, _ -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
  }
}

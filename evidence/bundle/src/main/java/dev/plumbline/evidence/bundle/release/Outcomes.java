package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run says about checks and gates by their ids. A check that was judged more than once (over
 * several transports) holds when it holds wherever it was observed.
 *
 * @param run what was run
 * @param results what the judges concluded
 * @param decided what the gates found
 */
record Outcomes(RunManifest run, Map<Suite, SuiteResult> results, DecisionRecord decided) {
  private static final String GATE = "G-";

  /** All results of a check. */
  List<CheckResult> checks(String id) {
    return results.values().stream()
        .flatMap(result -> result.checks().stream())
        .filter(check -> check.id().equals(id))
        .toList();
  }

  /** The result of a check that came to a pass or a fail, if there is one. */
  Optional<CheckResult> observed(String id) {
    return checks(id).stream()
        .filter(c -> c.verdict() instanceof Verdict.Pass || c.verdict() instanceof Verdict.Fail)
        .findFirst();
  }

  /** Whether a check was observed and held. */
  boolean holds(String id) {
    return part(id).status() == Standing.SHOWN;
  }

  /** What the run says about a check or a gate. */
  Shown part(String id) {
    return isGate(id) ? gate(id) : check(id);
  }

  static boolean isGate(String id) {
    return id.startsWith(GATE);
  }

  List<Shown> parts(List<String> ids) {
    return ids.stream().map(this::part).toList();
  }

  /** What parts say together. */
  static Standing together(List<Shown> parts) {
    if (parts.stream().anyMatch(part -> part.status() == Standing.FAILED)) {
      return Standing.FAILED;
    }
    long shown = parts.stream().filter(part -> part.status() == Standing.SHOWN).count();
    return shown == 0
        ? Standing.NOT_RUN
        : shown == parts.size() ? Standing.SHOWN : Standing.PARTLY_SHOWN;
  }

  private Shown gate(String id) {
    for (GateOutcome gate : decided.gates()) {
      if (gate.id().equals(id)) {
        return switch (gate.state()) {
          case HELD -> new Shown(id, Standing.SHOWN, null);
          case OBJECTED -> new Shown(id, Standing.FAILED, gate.summary());
          case NOT_EVALUATED -> new Shown(id, Standing.NOT_RUN, gate.summary());
        };
      }
    }
    return new Shown(id, Standing.NOT_RUN, "the gate was not asked");
  }

  private Shown check(String id) {
    List<String> reasons = new ArrayList<>();
    boolean held = false;
    for (CheckResult check : checks(id)) {
      switch (check.verdict()) {
        case Verdict.Pass _ -> held = true;
        case Verdict.Fail(var findings) -> {
          return new Shown(id, Standing.FAILED, findings.getFirst().summary());
        }
        case Verdict.NotObserved(var missing) -> reasons.add(missing);
        case Verdict.NotApplicable(var reason) -> reasons.add(reason);
        case Verdict.HarnessFault(var cause) -> reasons.add("void: " + cause);
      }
    }
    if (held) {
      return new Shown(id, Standing.SHOWN, null);
    }
    return new Shown(
        id, Standing.NOT_RUN, reasons.isEmpty() ? "not part of this run" : reasons.getFirst());
  }

  /** Why a suite has no results. */
  String whyNot(Suite suite) {
    String why = run.notRun().get(suite.id());
    return why != null ? why : run.complete() ? "not asked for" : "the run was cut short";
  }
}

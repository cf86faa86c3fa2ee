package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The gate over what the owner accepted: an acceptance must be needed, and must end. */
final class BaselineGate {
  private BaselineGate() {}

  /**
   * G-08. An entry is stale when its check ran and no longer fails, or when no such check exists.
   */
  static Answer fresh(Evidence evidence, Policy policy) {
    String threshold = "0 stale, 0 expired";
    List<Baseline.Entry> entries = evidence.baseline().entries();
    if (entries.isEmpty()) {
      return Answer.of("no baseline", threshold, "no baseline was given", List.of());
    }
    List<Objection> objections = new ArrayList<>();
    for (Baseline.Entry entry : entries) {
      staleness(evidence, entry).ifPresent(text -> objections.add(Objection.noGo(text)));
    }
    String soon = endingSoon(evidence);
    String value = objections.size() + " stale or expired of " + entries.size() + soon;
    String summary =
        objections.isEmpty()
            ? accepted(evidence).size() + " failures accepted by the baseline" + soon
            : EvidenceGates.heaviest(objections);
    return Answer.of(
        value, threshold, summary.replaceFirst("^1 failures", "1 failure"), objections);
  }

  /** Entries that are in use and end within days; empty when there is none. */
  private static String endingSoon(Evidence evidence) {
    return evidence.baseline().entries().stream()
        .filter(entry -> entry.endsSoonAfter(evidence.day()))
        .map(
            entry ->
                "; "
                    + entry.clause()
                    + " only until "
                    + entry.expires()
                    + ", "
                    + Checks.count(ChronoUnit.DAYS.between(evidence.day(), entry.expires()), "day")
                    + " left")
        .collect(Collectors.joining());
  }

  private static Optional<String> staleness(Evidence evidence, Baseline.Entry entry) {
    if (entry.expiredOn(evidence.day())) {
      return Optional.of(
          "the baseline entry "
              + entry.clause()
              + " expired on "
              + entry.expires()
              + ": fix the target or renew the entry");
    }
    List<CheckResult> named =
        evidence.results().values().stream()
            .flatMap(result -> result.checks().stream())
            .filter(check -> check.id().equals(entry.clause()))
            .toList();
    if (named.isEmpty()) {
      return everythingRan(evidence)
          ? Optional.of(
              "the baseline names "
                  + entry.clause()
                  + ", which no check of this run has: remove the entry")
          : Optional.empty();
    }
    boolean fails = named.stream().anyMatch(check -> check.verdict() instanceof Verdict.Fail);
    boolean passes = named.stream().anyMatch(check -> check.verdict() instanceof Verdict.Pass);
    return !fails && passes
        ? Optional.of(
            "the baseline entry "
                + entry.clause()
                + " is stale, the check passes: remove the entry")
        : Optional.empty();
  }

  /** What did not run cannot make an entry stale; only a run of everything knows every id. */
  private static boolean everythingRan(Evidence evidence) {
    return evidence
            .results()
            .keySet()
            .containsAll(List.of(Suite.CONFORMANCE, Suite.CHAOS, Suite.PERF))
        && !evidence.run().notRun().containsKey(RunManifest.OTHER_CLAUSES)
        && !evidence.run().notRun().containsKey(RunManifest.OTHER_MODES);
  }

  /** Accepted failures, for the reader. */
  static List<String> accepted(Evidence evidence) {
    return evidence.results().values().stream()
        .flatMap(result -> result.checks().stream())
        .filter(check -> check.verdict() instanceof Verdict.Fail)
        .flatMap(check -> evidence.baseline().accepting(check.id(), evidence.day()).stream())
        .distinct()
        .map(entry -> entry.clause() + ": " + entry.reason() + " (until " + entry.expires() + ")")
        .toList();
  }
}

package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Questions about lists of checks that several gates ask. */
final class Checks {
  /** How many ids a line names before it only counts. */
  private static final int NAMED_IDS = 6;

  private Checks() {}

  static boolean isObserved(CheckResult check) {
    return check.verdict() instanceof Verdict.Pass || check.verdict() instanceof Verdict.Fail;
  }

  static boolean isApplicable(CheckResult check) {
    return !(check.verdict() instanceof Verdict.NotApplicable);
  }

  /** Why a suite gives nothing to evaluate; empty when it does. */
  static Optional<String> whyNothing(Evidence evidence, Suite suite) {
    if (!evidence.run().suites().contains(suite)) {
      String why = evidence.run().notRun().get(suite.id());
      return Optional.of(suite.id() + " was not asked for" + (why == null ? "" : ": " + why));
    }
    List<CheckResult> checks = evidence.checks(suite);
    if (checks.isEmpty()) {
      return Optional.of(suite.id() + " has no results");
    }
    if (checks.stream().noneMatch(Checks::isApplicable)) {
      return Optional.of("no check of " + suite.id() + " applies: " + reasonsOf(checks));
    }
    return Optional.empty();
  }

  /** Which checks Plumbline itself failed in; a gate cannot hold on what it did not see. */
  static Optional<String> whyVoid(Evidence evidence, Suite suite) {
    List<String> faulted =
        ids(evidence.checks(suite), check -> check.verdict() instanceof Verdict.HarnessFault);
    return faulted.isEmpty()
        ? Optional.empty()
        : Optional.of("Plumbline failed in " + name(faulted));
  }

  private static String reasonsOf(List<CheckResult> checks) {
    return checks.stream()
        .map(CheckResult::verdict)
        .flatMap(
            v -> v instanceof Verdict.NotApplicable(var reason) ? List.of(reason).stream() : null)
        .distinct()
        .limit(NAMED_IDS)
        .collect(Collectors.joining(", "));
  }

  /** The distinct ids of the checks a condition holds for, in order of the plan. */
  static List<String> ids(Collection<CheckResult> checks, Predicate<CheckResult> condition) {
    return checks.stream().filter(condition).map(CheckResult::id).distinct().toList();
  }

  /** Ids for a line of text: all of a few, the first and a count of many. */
  static String name(List<String> ids) {
    return ids.size() <= NAMED_IDS
        ? String.join(", ", ids)
        : String.join(", ", ids.subList(0, NAMED_IDS))
            + " and "
            + (ids.size() - NAMED_IDS)
            + " more";
  }

  /** A number with its noun: {@code 1 clause}, {@code 2 clauses}. */
  static String count(long number, String noun) {
    return number + " " + (number == 1 ? noun : noun + "s");
  }
}

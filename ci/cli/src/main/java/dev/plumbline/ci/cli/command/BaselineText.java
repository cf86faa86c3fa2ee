package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.BaselineFile;
import dev.plumbline.evidence.bundle.StoredRun;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A baseline made of the failures of a run; reasons that nobody wrote yet are to be written. */
final class BaselineText {
  private final StoredRun run;
  private final LocalDate today;
  private final LocalDate expires;

  /**
   * @param today decides which of the entries the run had still count
   * @param expires the end of new entries
   */
  BaselineText(StoredRun run, LocalDate today, LocalDate expires) {
    this.run = run;
    this.today = today;
    this.expires = expires;
  }

  /** What failed and weighs enough to need an acceptance, in the order of the run. */
  List<CheckResult> failures(boolean recommendations) {
    return run.results().values().stream()
        .flatMap(result -> result.checks().stream())
        .filter(check -> check.verdict() instanceof Verdict.Fail)
        .filter(check -> recommendations || check.level().isMandatory())
        .toList();
  }

  /** The file. */
  String render(List<CheckResult> failures) {
    StringBuilder text = new StringBuilder();
    text.append("# Failures of run ").append(run.run().runId()).append(" on ");
    text.append(comment(run.run().target().name())).append(".\n");
    text.append(
        "# An entry counts until the end of its day (UTC). One that no longer fails, or is\n");
    text.append(
        "# past its day, makes the run NO-GO: remove it, or fix the server and remove it.\n");
    text.append("accepted:").append(failures.isEmpty() ? " []\n" : "\n");
    failures.stream().map(CheckResult::id).distinct().forEach(id -> entry(text, id, failures));
    return text.toString();
  }

  private void entry(StringBuilder text, String id, List<CheckResult> failures) {
    CheckResult check =
        failures.stream().filter(failure -> failure.id().equals(id)).findFirst().orElseThrow();
    Optional<Baseline.Entry> known = run.baseline().accepting(id, today);
    text.append("  # ").append(comment(summary(check))).append('\n');
    text.append("  - clause: ").append(id).append('\n');
    text.append("    reason: ")
        .append(quoted(known.map(Baseline.Entry::reason).orElse(BaselineFile.TODO)))
        .append('\n');
    text.append("    expires: ")
        .append(known.map(Baseline.Entry::expires).orElse(expires))
        .append('\n');
  }

  private static String summary(CheckResult check) {
    return check.verdict() instanceof Verdict.Fail(List<Finding> findings)
        ? findings.getFirst().summary()
        : check.title();
  }

  /** One line; a target's words must not become settings. */
  private static String comment(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
  }

  private static String quoted(String text) {
    return "\"" + comment(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

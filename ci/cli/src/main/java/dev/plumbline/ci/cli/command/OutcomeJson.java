package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome for machines: what {@code --json} prints. Everything in it is also in the bundle.
 *
 * @param schema the version of this form
 * @param runId the run
 * @param decision {@code GO}, {@code NO-GO}, {@code INCONCLUSIVE} or {@code HARNESS FAULT}
 * @param exitCode what the process ends with
 * @param complete false when the run was cut short
 * @param problem what cut it short; empty when nothing did
 * @param reasons why it is not a GO
 * @param folder the bundle, absolute
 * @param report the page for people, absolute
 * @param seed the seed in hexadecimal
 * @param target who was judged
 * @param suites how many checks ended how, by suite
 * @param findings everything that failed
 */
record OutcomeJson(
    String schema,
    String runId,
    String decision,
    int exitCode,
    boolean complete,
    String problem,
    List<String> reasons,
    String folder,
    String report,
    String seed,
    TargetIdentity target,
    Map<String, Map<String, Integer>> suites,
    List<Failed> findings) {
  private static final String SCHEMA = "plumbline/outcome/v1";

  /**
   * A finding.
   *
   * @param id the check that failed
   * @param level how much weight it has
   * @param page where the requirement stands
   * @param summary what is wrong
   * @param fix what to change
   */
  record Failed(String id, String level, String page, String summary, String fix) {}

  static OutcomeJson of(RunOutcome outcome) {
    Map<String, Map<String, Integer>> suites = new TreeMap<>();
    List<Failed> findings = new ArrayList<>();
    for (SuiteResult result : outcome.results()) {
      suites.put(result.suite().id(), counts(result));
      result.checks().forEach(check -> findings.addAll(findings(check)));
    }
    return new OutcomeJson(
        SCHEMA,
        outcome.manifest().runId(),
        outcome.decision().word(),
        outcome.exitCode().code(),
        outcome.manifest().complete(),
        outcome.problem(),
        outcome.decision().why(),
        outcome.folder().root().toAbsolutePath().toString(),
        outcome.folder().root().resolve("report.html").toAbsolutePath().toString(),
        outcome.manifest().settings().seedText(),
        outcome.manifest().target(),
        suites,
        findings);
  }

  private static Map<String, Integer> counts(SuiteResult result) {
    Map<String, Integer> counts = new TreeMap<>();
    for (CheckResult check : result.checks()) {
      String name =
          switch (check.verdict()) {
            case Verdict.Pass _ -> "pass";
            case Verdict.Fail _ -> "fail";
            case Verdict.NotObserved _ -> "not-observed";
            case Verdict.NotApplicable _ -> "not-applicable";
            case Verdict.HarnessFault _ -> "harness-fault";
          };
      counts.merge(name, 1, Integer::sum);
    }
    return counts;
  }

  private static List<Failed> findings(CheckResult check) {
    List<Failed> failed = new ArrayList<>();
    if (check.verdict() instanceof Verdict.Fail(List<Finding> findings)) {
      for (Finding finding : findings) {
        failed.add(
            new Failed(
                check.id(), check.level().name(), check.page(), finding.summary(), finding.fix()));
      }
    }
    return failed;
  }
}

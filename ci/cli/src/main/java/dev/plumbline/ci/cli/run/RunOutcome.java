package dev.plumbline.ci.cli.run;

import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.SuiteResult;
import java.util.List;

/**
 * What a run ended in.
 *
 * @param folder the sealed bundle
 * @param manifest what was run
 * @param results what the judges concluded, in order
 * @param decided the decision of the gates and everything it follows from
 * @param problem what cut the run short, in one line; empty when nothing did
 */
public record RunOutcome(
    RunFolder folder,
    RunManifest manifest,
    List<SuiteResult> results,
    DecisionRecord decided,
    String problem) {
  /** Copies the list. */
  public RunOutcome {
    results = List.copyOf(results);
  }

  /** The decision of the gates. */
  public Decision decision() {
    return decided.decision();
  }

  /** How the run is told to the shell; a run that was cut short is never the target's failure. */
  public ExitCode exitCode() {
    return problem.isEmpty() ? decision().exitCode() : ExitCode.HARNESS_FAULT;
  }
}

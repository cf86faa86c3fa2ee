package dev.plumbline.conformance.run;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;

/** Runs the script of one rule, as a run of all rules does. */
public final class Scripts {
  private Scripts() {}

  /** What the script saw of the target. */
  public static Recording run(Rule rule, Target target, EraProbe probe, Duration deadline)
      throws HarnessException, InterruptedException {
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.DESTRUCTIVE, false);
    try (RuleStage stage = new RuleStage(target, probe, settings, deadline)) {
      try {
        rule.script().run(stage);
      } catch (TargetException e) {
        stage.fact(Recording.STOPPED, String.valueOf(e.getMessage()));
      }
      return stage.recording(rule.clause());
    }
  }
}

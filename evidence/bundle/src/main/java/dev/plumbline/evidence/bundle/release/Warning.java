package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.plumbline.evidence.bundle.gate.DecisionRecord.Gap;
import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Something to know about a decision that it does not hang on.
 *
 * @param kind of what kind
 * @param about the check, gate, suite or group it is about
 * @param text one line
 */
public record Warning(Kind kind, String about, String text) {

  /** The kinds. */
  public enum Kind {
    /** A failure that no gate objects to. */
    @JsonProperty("finding")
    FINDING,
    /** A failure that was accepted. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** A gate that had nothing to look at. */
    @JsonProperty("gate not evaluated")
    GATE,
    /** Something that was not run, or not looked at. */
    @JsonProperty("not looked at")
    NOT_LOOKED_AT
  }

  static List<Warning> of(Outcomes outcomes) {
    List<Warning> warnings = new ArrayList<>();
    for (SuiteResult result : outcomes.results().values()) {
      for (CheckResult check : result.checks()) {
        if (check.verdict() instanceof Verdict.Fail(var findings) && !check.level().isMandatory()) {
          warnings.add(new Warning(Kind.FINDING, check.id(), findings.getFirst().summary()));
        }
      }
    }
    for (String accepted : outcomes.decided().accepted()) {
      warnings.add(new Warning(Kind.ACCEPTED, accepted.split(":", 2)[0], accepted));
    }
    for (GateOutcome gate : outcomes.decided().gates()) {
      if (gate.state() == GateOutcome.State.NOT_EVALUATED) {
        warnings.add(new Warning(Kind.GATE, gate.id(), gate.title() + ": " + gate.summary()));
      }
    }
    for (Gap gap : outcomes.decided().notLookedAt()) {
      warnings.add(
          new Warning(
              Kind.NOT_LOOKED_AT,
              gap.what(),
              gap.checks().isEmpty() ? gap.why() : gap.why() + ": " + gap.checks().size()));
    }
    return warnings;
  }
}

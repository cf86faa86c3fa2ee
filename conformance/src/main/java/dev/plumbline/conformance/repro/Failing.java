package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.util.Optional;
import java.util.function.Function;

/**
 * A failure as its judge tells it: the rule's pure judge and the sentence it said.
 *
 * @param judge concludes from a recording
 * @param summary the finding's own sentence
 */
record Failing(Function<Recording, Verdict> judge, String summary) {

  /** The finding, when the judge says of this recording what it said then. */
  Optional<Finding> in(Recording recording) {
    return verdict(recording) instanceof Verdict.Fail(var findings)
        ? findings.stream().filter(finding -> finding.summary().equals(summary)).findFirst()
        : Optional.empty();
  }

  boolean isIn(Recording recording) {
    return in(recording).isPresent();
  }

  private Verdict verdict(Recording recording) {
    try {
      return judge.apply(recording);
    } catch (RuntimeException e) {
      // A judge that is shown less than its script makes may stumble: then too much was left out.
      return new Verdict.HarnessFault(String.valueOf(e));
    }
  }
}

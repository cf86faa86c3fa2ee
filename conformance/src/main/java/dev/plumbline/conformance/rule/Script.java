package dev.plumbline.conformance.rule;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;

/** What a rule does with the target; concludes nothing. */
@FunctionalInterface
public interface Script {
  /**
   * Drives the target.
   *
   * @throws TargetException when the target does not let the script go on, for example refuses to
   *     initialize; the recording then tells so and supports no pass
   * @throws HarnessException when Plumbline itself failed
   */
  void run(Stage stage) throws TargetException, HarnessException, InterruptedException;
}

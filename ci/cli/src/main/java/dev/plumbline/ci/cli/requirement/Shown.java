package dev.plumbline.ci.cli.requirement;

import dev.plumbline.evidence.model.Measurement;
import java.util.List;

/**
 * What one reference came to.
 *
 * @param reference what shows it
 * @param outcome whether it did
 * @param numbers the numbers behind it, the deciding one first; empty when it was not run
 * @param told in one line for people
 * @param from the run, or the reports of the build, it was read from; empty when it was not run
 */
public record Shown(
    String reference, Outcome outcome, List<Measurement> numbers, String told, String from) {
  /** Whether what shows a requirement did. */
  public enum Outcome {
    HELD,
    MISSED,
    NOT_RUN
  }

  /** Copies the list. */
  public Shown {
    numbers = List.copyOf(numbers);
    if (outcome == Outcome.HELD && numbers.isEmpty()) {
      throw new IllegalArgumentException(reference + ": nothing is shown without a number");
    }
  }

  /** Nothing was run that could show it. */
  static Shown notRun(Reference reference, String why) {
    return new Shown(reference.text(), Outcome.NOT_RUN, List.of(), why, "");
  }
}

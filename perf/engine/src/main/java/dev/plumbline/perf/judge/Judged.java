package dev.plumbline.perf.judge;

import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;

/**
 * A verdict with the numbers behind it.
 *
 * @param verdict the conclusion
 * @param measurements the numbers, with limits where there are any
 */
public record Judged(Verdict verdict, List<Measurement> measurements) {
  /** Copies the list. */
  public Judged {
    measurements = List.copyOf(measurements);
  }
}

package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.experiment.Bench;
import dev.plumbline.chaos.experiment.FaultPlan;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.toxic.Toxic;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;

/**
 * One way to fail, as one value.
 *
 * @param id permanent, {@code FM-07}
 * @param title what must hold, in one sentence
 * @param page where it is defined
 * @param predicted the weight the failure analysis gave it
 * @param faults what is injected, in this order
 * @param steady what must hold before anything is injected, and again afterwards
 * @param limits how long noticing and recovering may take
 * @param colour how the fault is shaded on charts, {@code #rrggbb}
 * @param prefers the era to speak when the target speaks both
 * @param script runs the experiment; records, does not judge
 * @param assessment concludes from the record; pure
 */
public record FailureMode(
    String id,
    String title,
    String page,
    Scores predicted,
    List<FaultPlan> faults,
    SteadyState steady,
    Limits limits,
    String colour,
    Era prefers,
    Script script,
    Assessment assessment) {
  /** Copies the list. */
  public FailureMode {
    faults = List.copyOf(faults);
  }

  /**
   * The steady state: results in a row on every lane.
   *
   * @param inRow how many
   * @param within how long reaching it may take
   */
  public record SteadyState(int inRow, Duration within) {}

  /**
   * Limits that are part of the verdict.
   *
   * @param detect from the fault to its being noticed, beyond the client's deadline
   * @param recover from the healing to the first result
   */
  public record Limits(Duration detect, Duration recover) {}

  /** How long a client must be willing to wait when it normally waits for {@code usual}. */
  public Duration deadline(Duration usual) {
    long injected =
        faults.stream()
            .flatMap(fault -> fault.toxics().stream())
            .mapToLong(i -> i.toxic() instanceof Toxic.Latency l ? l.latency() : 0)
            .max()
            .orElse(0);
    return usual.plusMillis(2 * injected);
  }

  /** Runs an experiment. */
  public interface Script {
    /**
     * Drives the bench.
     *
     * @throws TargetException when the target does not take a client before the fault
     */
    void run(FailureMode mode, Bench bench)
        throws TargetException, HarnessException, InterruptedException;
  }

  /** Concludes what is special to one failure mode; the rest is {@link Common}'s. */
  public interface Assessment {
    /** Adds to the conclusion. */
    void assess(Story story, Conclusion conclusion);
  }
}

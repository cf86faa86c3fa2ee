package dev.plumbline.chaos.experiment;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;

/** How fast the target is when nothing is wrong, so that deadlines fit it. */
public final class Calibration {
  private static final Duration MIN_DEADLINE = Duration.ofSeconds(1);
  private static final Duration MAX_DEADLINE = Duration.ofSeconds(10);

  /** A request slower than this many times the slowest of the calibration is given up. */
  private static final int PATIENCE = 10;

  /** The first answers of a fresh server are slower than all others. */
  private static final int WARM_UP = 10;

  private static final int REQUESTS = 20;

  private Calibration() {}

  /** The deadline for a request to this target. */
  public static Duration deadline(Target target, Era era, String method)
      throws HarnessException, InterruptedException {
    long slowest = 0;
    try (Conversation conversation = target.converse(era, Transport.HTTP, Recorder.forgetting())) {
      conversation.deadline(MAX_DEADLINE);
      conversation.open();
      for (int i = 0; i < REQUESTS; i++) {
        long from = System.nanoTime();
        Exchange seen = conversation.send(method, conversation.draft(method));
        if (!seen.accepted()) {
          break;
        }
        if (i >= WARM_UP) {
          slowest = Math.max(slowest, System.nanoTime() - from);
        }
      }
    } catch (TargetException e) {
      // The experiment will find no steady state and say so.
      return MIN_DEADLINE;
    }
    Duration patient = Duration.ofNanos(slowest).multipliedBy(PATIENCE);
    if (patient.compareTo(MIN_DEADLINE) < 0) {
      return MIN_DEADLINE;
    }
    return patient.compareTo(MAX_DEADLINE) < 0 ? patient : MAX_DEADLINE;
  }
}

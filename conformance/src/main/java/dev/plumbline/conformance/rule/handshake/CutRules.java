package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.Witness;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rules of the page {@code 2025-11-25/basic/transports} on connections that break. Whether work
 * goes on is told by a {@link Witness}.
 */
public final class CutRules {
  private static final String RUNNING = "running";
  private static final String BEFORE = "state-while-running";
  private static final String AFTER = "state-after-cut";
  private static final int SLOW_MILLIS = 4_000;

  /** How long the beginning of a call is waited for, and how long it is watched afterwards. */
  private static final Duration BEGUN = Duration.ofSeconds(2);

  private static final Duration WATCHED = Duration.ofSeconds(1);

  /** What ends so shortly before its time may have ended by itself. */
  private static final Duration NEARLY = Duration.ofMillis(500);

  private CutRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-032",
            Probes.HTTP,
            Probes.HANDSHAKE.since("2025-03-26"),
            CutRules::cut,
            CutRules::goesOn));
  }

  private static void cut(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    Optional<Witness> found = Witness.of(stage);
    if (found.isPresent()) {
      Witness witness = found.get();
      Conversation.Beside call =
          conversation.beside(
              RUNNING,
              conversation.draft(
                  "tools/call", witness.slow().params(SLOW_MILLIS, "plumbline-cut")));
      boolean begun = witness.await(conversation, BEFORE, n -> n > 0, BEGUN);
      call.end(Duration.ZERO);
      if (begun) {
        witness.await(conversation, AFTER, n -> n == 0, WATCHED);
      }
    }
  }

  private static Verdict goesOn(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    List<Exchange> after = recording.exchanges(AFTER).toList();
    Optional<Exchange> call = recording.exchange(RUNNING);
    if (after.isEmpty() || call.isEmpty()) {
      examination.unseen("no tool shows whether the work of another one goes on");
      return examination.verdict();
    }
    Exchange last = after.getLast();
    long ends = call.get().sentNanos() + Duration.ofMillis(SLOW_MILLIS).minus(NEARLY).toNanos();
    int running = Witness.running(last).orElse(-1);
    if (running < 0 || last.endNanos() >= ends) {
      examination.unseen("the work of the call could not be watched in time");
    } else if (running > 0) {
      examination.kept();
    } else {
      examination.broken(
          call.get(),
          "A call is given up when its connection breaks.",
          "A connection that breaks does not cancel the request; only notifications/cancelled"
              + " does.",
          (last.sentNanos() - call.get().endNanos()) / 1_000_000
              + " ms after the connection was closed no call was running any more.",
          "Finish the work of a request whose client has gone, and keep its answer for the client"
              + " that comes back.");
    }
    return examination.verdict();
  }
}

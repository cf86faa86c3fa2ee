package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cancels a call that runs, where either side may speak at any time; and looks for what comes of
 * it.
 */
public final class Cancellations {
  /** Where nothing but a notification can cancel a request, and an answer is nobody's due. */
  public static final Set<Transport> DUPLEX =
      Set.of(Transport.STDIO, Transport.TCP, Transport.WEBSOCKET);

  static final String SLOW = "slow-lawful";

  /** The call that is cancelled. */
  static final String RUNNING = "running";

  static final String CANCEL = "cancel";
  static final String AFTER = "after-cancel";

  /** What came when the call would have ended, and an answer after that. */
  public static final String QUIET = "quiet";

  /** The last request. */
  public static final String AFTER_QUIET = "after-quiet";

  private static final String CANCELLED = "notifications/cancelled";
  private static final int SLOW_MILLIS = 400;

  private static final Duration BEGUN = Duration.ofMillis(100);
  private static final Duration LISTENING = Duration.ofMillis(700);

  private Cancellations() {}

  /** Sends all of them. */
  public static final Script SCRIPT = Cancellations::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    Optional<SlowTool> slow = SlowTool.of(stage).stream().findFirst();
    if (slow.isPresent()) {
      slow(conversation, slow.get());
    }
  }

  private static void slow(Conversation conversation, SlowTool tool)
      throws HarnessException, InterruptedException {
    ObjectNode lawful = tool.params(SLOW_MILLIS, "plumbline-slow-lawful");
    conversation.send(SLOW, conversation.draft("tools/call", lawful));
    ObjectNode params = tool.params(SLOW_MILLIS, "plumbline-slow");
    conversation.send(
        RUNNING,
        conversation
            .draft("tools/call", params)
            .id(Messages.NODES.stringNode("plumbline-slow"))
            .deadline(BEGUN));
    ObjectNode id = Probes.params("requestId", "plumbline-slow");
    conversation.send(CANCEL, conversation.notification(CANCELLED, id));
    conversation.send(AFTER, conversation.draft(Probes.cheapest(conversation.era())));
    conversation.listen(QUIET, LISTENING);
    conversation.send(AFTER_QUIET, conversation.draft(Probes.cheapest(conversation.era())));
  }

  // --- what is concluded -------------------------------------------------------------------------

  /** What is concluded from the answer that came, if any, for a cancelled request. */
  @FunctionalInterface
  public interface Conclusion {
    /** Concludes. */
    void judge(Exchange cancelled, Optional<JsonNode> answer, Examination examination);
  }

  /** Judges a call that was cancelled before it was answered, when the twin of it was served. */
  public static Verdict judged(Recording recording, Conclusion conclusion) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (recording.exchange(RUNNING).isEmpty()) {
      examination.unseen("no tool takes as long as it is told to");
    } else if (examination.served(SLOW) && examination.served(AFTER_QUIET)) {
      Exchange running = recording.exchange(RUNNING).orElseThrow();
      if (running.response().isPresent()) {
        examination.unseen("the call was answered before it could be cancelled");
      } else {
        JsonNode id = running.sentId().orElseThrow();
        Optional<JsonNode> answer =
            Stream.of(CANCEL, AFTER, QUIET, AFTER_QUIET)
                .flatMap(label -> recording.exchange(label).stream())
                .flatMap(e -> e.messages().stream())
                .filter(m -> Messages.answers(m, id))
                .findFirst();
        conclusion.judge(running, answer, examination);
      }
    }
    return examination.verdict();
  }

  /** It was answered, and must not have been. */
  public static void answered(Exchange cancelled, JsonNode answer, Examination examination) {
    broken(
        cancelled,
        answer,
        "A cancelled call is answered.",
        "A cancelled request is not answered any more, neither by a result nor by an error.",
        examination);
  }

  /** This was said of it, and must not have been. */
  public static void broken(
      Exchange cancelled, JsonNode said, String summary, String expected, Examination examination) {
    examination.broken(
        cancelled,
        summary,
        expected,
        "After notifications/cancelled came " + said + ".",
        "Interrupt the work when notifications/cancelled names its id, and send nothing more.");
  }
}

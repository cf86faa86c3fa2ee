package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.SlowTool;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Cancels a call that runs, where either side may speak at any time. */
final class Cancellations {
  static final String SLOW = "slow-lawful";
  static final String RUNNING = "running";
  static final String CANCEL = "cancel";
  static final String AFTER = "after-cancel";
  static final String QUIET = "quiet";
  static final String AFTER_QUIET = "after-quiet";
  private static final String CANCELLED = "notifications/cancelled";
  private static final int SLOW_MILLIS = 400;

  private static final Duration BEGUN = Duration.ofMillis(100);
  private static final Duration LISTENING = Duration.ofMillis(700);

  private Cancellations() {}

  /** Sends all of them. */
  static final Script SCRIPT = Cancellations::run;

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
    conversation.send(AFTER, conversation.draft("server/discover"));
    conversation.listen(QUIET, LISTENING);
    conversation.send(AFTER_QUIET, conversation.draft("server/discover"));
  }
}

package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Opens a session step by step, and before that two in a way that no client should. */
final class OpeningScript {
  static final Script SCRIPT = OpeningScript::run;

  /** Openings that are no lawful ones, each on a connection of its own. */
  static final String BAD = "bad-";

  /** The lawful opening. */
  static final String INITIALIZE = "initialize";

  /** What comes between the answer to initialize and the notification that ends the opening. */
  static final String WAITING = "waiting";

  private static final Duration PATIENCE = Duration.ofMillis(60);

  private OpeningScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation first = stage.another();
    first.send(BAD + "version", draft(first, params(first).put("protocolVersion", 7)));
    first.close();
    Conversation second = stage.another();
    ObjectNode bare = params(second);
    bare.remove("capabilities");
    second.send(BAD + "capabilities", draft(second, bare));
    second.close();
    Conversation conversation = stage.conversation();
    conversation.send(INITIALIZE, draft(conversation, params(conversation)));
    if (stage.transport().isHttp()) {
      conversation.send(WAITING, conversation.http("GET").deadline(PATIENCE));
    } else {
      conversation.listen(WAITING, PATIENCE);
    }
    conversation.send(
        "initialized", conversation.notification("notifications/initialized", Messages.object()));
    Probes.lawful(conversation);
  }

  private static Draft draft(Conversation conversation, ObjectNode params) {
    return conversation.draft("initialize", params);
  }

  private static ObjectNode params(Conversation conversation) {
    ObjectNode params = Messages.object().put("protocolVersion", conversation.revision());
    ObjectNode capabilities = params.putObject("capabilities");
    capabilities.putObject("roots");
    capabilities.putObject("sampling");
    capabilities.putObject("elicitation");
    params.putObject("clientInfo").put("name", "plumbline").put("version", "1.0.0");
    return params;
  }
}

package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls one tool after the other as a task, lets the questions of each wait, answers them, and
 * looks at what became of it; tools that may be are called without a task as well.
 */
final class TaskAskScript {
  static final Script SCRIPT = TaskAskScript::run;
  static final String PLAIN = "plain";
  static final String CREATE = "create";
  static final String RESULT = "result";

  /** A look at a task whose question is open. */
  static final String OPEN = "get-open";

  /** A look at a task whose questions were all answered. */
  static final String ANSWERED = "get-answered";

  /** A look at a task that asked nothing. */
  static final String ENDED = "get-ended";

  static final String ANSWER = "own-answer";

  /**
   * What a tool may ask of its client. The roots are the session's: a server asks for them when it
   * likes, without any task that waits for them.
   */
  static final Set<String> TOOLS_ASK = Set.of("elicitation/create", "sampling/createMessage");

  /** How many tools are called. */
  private static final int MAX_TOOLS = 12;

  /** How often an open question is looked for: who asks may say so first, and note it then. */
  private static final int LOOKS = 3;

  private static final long TTL_MILLIS = 60_000;
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration END = Duration.ofSeconds(2);

  private TaskAskScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.conversation();
    conversation.declare(MessageShapes.everything());
    conversation.open();
    Probes.lawful(conversation);
    Map<String, String> support = TaskScript.support(stage, conversation);
    List<ToolInfo> tools =
        stage.probe().tools().stream()
            .filter(tool -> !support.getOrDefault(tool.name(), "forbidden").equals("forbidden"))
            .filter(tool -> tool.arguments().isObject() && stage.consent().covers(tool.needs()))
            .limit(MAX_TOOLS)
            .toList();
    Optional<Conversation.Beside> listening =
        tools.isEmpty() ? Optional.empty() : HeldCall.listening(conversation);
    try {
      for (ToolInfo tool : tools) {
        CallableTool callable = new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy());
        if ("optional".equals(support.get(tool.name()))) {
          conversation.send(PLAIN, conversation.draft("tools/call", callable.params()));
          conversation.send(PLAIN, conversation.draft("tools/call", callable.params()));
        }
        ObjectNode params = callable.params();
        params.putObject("task").put("ttl", TTL_MILLIS);
        Exchange created = conversation.send(CREATE, conversation.draft("tools/call", params));
        Optional<String> id =
            created.result().flatMap(r -> r.path("task").path("taskId").stringValueOpt());
        if (id.isPresent()) {
          follow(conversation, Probes.params("taskId", id.get()));
        }
      }
    } finally {
      if (listening.isPresent()) {
        listening.get().end(Duration.ZERO);
      }
    }
  }

  private static void follow(Conversation conversation, ObjectNode task)
      throws HarnessException, InterruptedException {
    HeldCall call = HeldCall.begin(conversation, RESULT, conversation.draft("tasks/result", task));
    Optional<JsonNode> question = call.question(PATIENCE);
    boolean asked = false;
    while (question.isPresent()) {
      boolean first = !asked && TOOLS_ASK.contains(question.get().path("method").asString(""));
      if (first) {
        asked = true;
        lookFor(conversation, task);
      }
      ObjectNode reply = Replies.to(question.get()).orElseGet(Messages::object);
      call.say(ANSWER, Messages.result(question.get(), reply));
      question = call.question(PATIENCE);
    }
    call.end(END);
    if (call.question(Duration.ZERO).isEmpty()) {
      conversation.send(asked ? ANSWERED : ENDED, conversation.draft("tasks/get", task));
    }
  }

  private static void lookFor(Conversation conversation, ObjectNode task)
      throws HarnessException, InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      Exchange seen = conversation.send(OPEN, conversation.draft("tasks/get", task));
      if (TaskFlowRules.status(seen).equals("input_required")) {
        return;
      }
    }
  }
}

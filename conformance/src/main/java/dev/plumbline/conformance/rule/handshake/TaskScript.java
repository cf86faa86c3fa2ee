package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One conversation about tasks, for all rules of their page: every step has its label. */
final class TaskScript {
  static final Script SCRIPT = TaskScript::run;
  static final String CREATE = "create";
  static final String CANCELLED = "create-to-cancel";
  static final String PATIENT = "create-for-ever";

  /** A look at the task that was created last. */
  static final String KEPT = "get-last";

  /** The list when all tasks have been created. */
  static final String ALL = "all-list";

  /** The list that another session gets. */
  static final String ELSEWHERE = "elsewhere-list";

  /** A call without a task of a tool that requires one. */
  static final String REQUIRED = "required-plain";

  /** A look at one task that names another one in its metadata. */
  static final String CROSSED = "get-crossed";

  static final String OWN_ID = "plumbline-own-task-id";
  static final String TOKEN = "plumbline-task";
  static final String ID = "task-id";

  /** A thousand years. */
  static final long FOR_EVER_MILLIS = 31_536_000_000_000L;

  private static final long TTL_MILLIS = 60_000;
  private static final String UNKNOWN = "plumbline-no-such-task";

  private TaskScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    Map<String, String> support = support(stage, conversation);
    refuseForbidden(stage, conversation, support);
    Optional<CallableTool> tool =
        tool(stage, support, "optional").or(() -> tool(stage, support, "required"));
    if (tool.isPresent()) {
      if (support.getOrDefault(tool.get().tool().name(), "").equals("optional")) {
        conversation.send("plain", conversation.draft("tools/call", tool.get().params()));
        conversation.send("plain", conversation.draft("tools/call", tool.get().params()));
      }
      follow(stage, conversation, tool.get());
      cancel(stage, conversation, tool.get());
      Optional<String> last = create(conversation, PATIENT, tool.get(), FOR_EVER_MILLIS);
      if (last.isPresent() && stage.probe().declares("tasks.list")) {
        about(conversation, KEPT, "get", last.get());
        pages(conversation, ALL);
        Conversation other = stage.another();
        other.open();
        other.send(ELSEWHERE, other.draft("tasks/list"));
      }
    }
    Optional<CallableTool> required = tool(stage, support, "required");
    if (required.isPresent()) {
      conversation.send(REQUIRED, conversation.draft("tools/call", required.get().params()));
    }
  }

  /** How each tool takes tasks, by the name of the tool. */
  static Map<String, String> support(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    Probes.allTools(conversation, "tools-list");
    Map<String, String> support = new HashMap<>();
    stage.probe().tools().forEach(tool -> support.put(tool.name(), "forbidden"));
    conversation
        .recording("", Map.of())
        .exchanges("tools-list")
        .flatMap(e -> e.result().stream())
        .flatMap(result -> result.path("tools").valueStream())
        .forEach(
            tool ->
                support.put(
                    tool.path("name").asString(""),
                    tool.path("execution").path("taskSupport").asString("forbidden")));
    return support;
  }

  private static Optional<CallableTool> tool(
      Stage stage, Map<String, String> support, String wanted) {
    for (ToolInfo tool : stage.probe().tools()) {
      // What is called as a task only counts as not callable elsewhere.
      if ((tool.callable() || wanted.equals("required"))
          && tool.arguments().isObject()
          && stage.consent().covers(tool.needs())
          && wanted.equals(support.get(tool.name()))) {
        return Optional.of(new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()));
      }
    }
    return Optional.empty();
  }

  private static void refuseForbidden(
      Stage stage, Conversation conversation, Map<String, String> support)
      throws HarnessException, InterruptedException {
    Optional<CallableTool> plain = tool(stage, support, "forbidden");
    if (plain.isPresent()) {
      conversation.send("forbidden-lawful", conversation.draft("tools/call", plain.get().params()));
      ObjectNode params = plain.get().params();
      params.putObject("task").put("ttl", TTL_MILLIS);
      conversation.send("forbidden", conversation.draft("tools/call", params));
    }
  }

  private static Optional<String> create(
      Conversation conversation, String label, CallableTool tool, long ttl)
      throws HarnessException, InterruptedException {
    ObjectNode params = tool.params();
    params.putObject("task").put("ttl", ttl).put("taskId", OWN_ID);
    if (label.equals(CREATE)) {
      params.putObject("_meta").put("progressToken", TOKEN);
    }
    Exchange created = conversation.send(label, conversation.draft("tools/call", params));
    return created
        .result()
        .map(result -> result.path("task").path("taskId"))
        .flatMap(JsonNode::stringValueOpt);
  }

  private static void follow(Stage stage, Conversation conversation, CallableTool tool)
      throws HarnessException, InterruptedException {
    Optional<String> id = create(conversation, CREATE, tool, TTL_MILLIS);
    if (id.isEmpty()) {
      return;
    }
    stage.fact(ID, id.get());
    about(conversation, "get-early", "get", id.get());
    about(conversation, "result", "result", id.get());
    about(conversation, "get-ended", "get", id.get());
    boolean cancels = stage.probe().declares("tasks.cancel");
    if (cancels) {
      about(conversation, "cancel-ended", "cancel", id.get());
    }
    about(conversation, "get-ended", "get", id.get());
    if (stage.probe().declares("tasks.list")) {
      list(conversation);
    }
    for (String method : cancels ? List.of("get", "result", "cancel") : List.of("get", "result")) {
      about(conversation, "unknown-" + method, method, UNKNOWN);
    }
    about(conversation, "own-id", "get", OWN_ID);
  }

  private static void pages(Conversation conversation, String label)
      throws HarnessException, InterruptedException {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < Probes.MAX_PAGES && (page == 0 || cursor.isPresent()); page++) {
      ObjectNode params = cursor.map(c -> Probes.params("cursor", c)).orElseGet(Messages::object);
      Exchange list = conversation.send(label, conversation.draft("tasks/list", params));
      cursor = list.result().map(r -> r.path("nextCursor")).flatMap(JsonNode::stringValueOpt);
    }
  }

  private static void list(Conversation conversation)
      throws HarnessException, InterruptedException {
    pages(conversation, "list");
    conversation.send(
        "unknown-cursor",
        conversation.draft("tasks/list", Probes.params("cursor", "plumbline-never-issued")));
  }

  private static void cancel(Stage stage, Conversation conversation, CallableTool tool)
      throws HarnessException, InterruptedException {
    if (!stage.probe().declares("tasks.cancel")) {
      return;
    }
    Optional<String> id = create(conversation, CANCELLED, tool, TTL_MILLIS);
    if (id.isPresent()) {
      crossed(conversation, id.get());
      about(conversation, "cancel", "cancel", id.get());
      about(conversation, "get-cancelled", "get", id.get());
      about(conversation, "get-cancelled", "get", id.get());
    }
  }

  /** Asks for one task; the metadata, which must be ignored here, names another one. */
  private static void crossed(Conversation conversation, String id)
      throws HarnessException, InterruptedException {
    Optional<String> other =
        conversation
            .recording("", Map.of())
            .exchange(CREATE)
            .flatMap(Exchange::result)
            .map(result -> result.path("task").path("taskId"))
            .flatMap(JsonNode::stringValueOpt);
    if (other.isPresent()) {
      ObjectNode params = Probes.params("taskId", id);
      params
          .putObject("_meta")
          .putObject("io.modelcontextprotocol/related-task")
          .put("taskId", other.get());
      conversation.send(CROSSED, conversation.draft("tasks/get", params));
    }
  }

  private static void about(Conversation conversation, String label, String method, String id)
      throws HarnessException, InterruptedException {
    conversation.send(label, conversation.draft("tasks/" + method, Probes.params("taskId", id)));
  }
}

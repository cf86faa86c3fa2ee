package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation with the mistakes that clients make with the features of a server, each beside
 * its lawful twin. The label before the dot names the twin.
 */
final class Mistakes {
  static final Script SCRIPT = Mistakes::run;
  static final String CALL = "call";
  static final String READ = "read";
  static final String GET = "get-prompt";
  static final String COMPLETE = "complete";
  static final String LEVEL = "level";
  static final String OFFER = "offer-";

  /** Completions whose input is wrong; any answer will do but a breakdown. */
  static final String INPUT = "complete-input.";

  /** A prompt with an argument that is no string. */
  static final String ODD_ARGUMENT = "get-prompt-object";

  /** A request with a member task where nothing runs as a task. */
  static final String AS_TASK = "as-task-";

  /** How many tools are called as tasks where none should run as one. */
  private static final int MAX_AS_TASK = 12;

  private static final int LONG = 10_000;
  private static final long TTL_MILLIS = 60_000;
  private static final Set<String> PRIMITIVES = Set.of("string", "number", "integer", "boolean");
  private static final String VALUE = "plumbline:bob";

  private Mistakes() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(OFFER + "tools", conversation.draft("tools/list"));
    conversation.send(OFFER + "resources", conversation.draft("resources/list"));
    EraProbe probe = stage.probe();
    if (probe.declares("tools")) {
      tools(stage, conversation);
    }
    if (probe.declares("resources") && !probe.resources().isEmpty()) {
      resources(conversation, probe.resources().getFirst());
    }
    Optional<Map.Entry<String, List<String>>> prompt =
        probe.promptArguments().entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .findFirst();
    if (prompt.isPresent()) {
      prompts(conversation, prompt.get().getKey(), prompt.get().getValue());
      completions(conversation, prompt.get().getKey(), prompt.get().getValue().getFirst());
    } else if (!probe.prompts().isEmpty()) {
      prompts(conversation, probe.prompts().getFirst(), List.of());
    }
    if (probe.declares("logging")) {
      send(conversation, LEVEL, "logging/setLevel", Probes.params("level", "info"));
      send(conversation, LEVEL + ".made-up", "logging/setLevel", Probes.params("level", "loud"));
      send(conversation, LEVEL + ".missing", "logging/setLevel", Messages.object());
    }
  }

  private static void send(
      Conversation conversation, String label, String method, ObjectNode params)
      throws HarnessException, InterruptedException {
    conversation.send(label, conversation.draft(method, params));
  }

  private static void tools(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    Optional<CallableTool> tool = Probes.readOnlyTool(stage);
    if (tool.isPresent()) {
      send(conversation, CALL, "tools/call", tool.get().params());
      send(conversation, CALL + ".nothing", "tools/call", Messages.object());
      if (!stage.probe().declares("tasks.requests.tools.call")) {
        send(conversation, AS_TASK + CALL, "tools/call", asTask(tool.get().params()));
        anyAsTask(stage, conversation);
      }
      ObjectNode nameless = tool.get().params();
      nameless.remove("name");
      send(conversation, CALL + ".nameless", "tools/call", nameless);
      String other = otherCase(tool.get().tool().name());
      if (stage.probe().tools().stream().noneMatch(listed -> listed.name().equals(other))) {
        send(conversation, CALL + "-case", "tools/call", tool.get().params().put("name", other));
      }
    }
    for (ToolInfo listed : stage.probe().tools()) {
      Optional<String> argument = argument(listed);
      if (argument.isPresent() && stage.consent().covers(listed.needs())) {
        CallableTool callable =
            new CallableTool(listed, (ObjectNode) listed.arguments().deepCopy());
        send(conversation, "arguments", "tools/call", callable.params());
        ObjectNode wrong = callable.params();
        wrong.withObjectProperty("arguments").putObject(argument.get()).put("wrong", true);
        send(conversation, "wrong-argument", "tools/call", wrong);
        return;
      }
    }
  }

  private static String otherCase(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
  }

  /** An argument for which an object is wrong: it has a primitive type, and is given anyway. */
  private static Optional<String> argument(ToolInfo tool) {
    if (!tool.callable() || !tool.readOnly()) {
      return Optional.empty();
    }
    JsonNode properties = tool.inputSchema().path("properties");
    return tool.arguments().propertyNames().stream()
        .filter(name -> PRIMITIVES.contains(properties.path(name).path("type").asString("")))
        .findFirst();
  }

  private static void resources(Conversation conversation, String uri)
      throws HarnessException, InterruptedException {
    send(conversation, READ, "resources/read", Probes.params("uri", uri));
    send(conversation, READ + ".empty", "resources/read", Probes.params("uri", ""));
    send(conversation, READ + ".missing", "resources/read", Messages.object());
    send(conversation, READ + ".number", "resources/read", Messages.object().put("uri", 7));
  }

  private static void prompts(Conversation conversation, String prompt, List<String> required)
      throws HarnessException, InterruptedException {
    ObjectNode lawful = Probes.params("name", prompt);
    ObjectNode arguments = lawful.putObject("arguments");
    required.forEach(name -> arguments.put(name, VALUE));
    send(conversation, GET, "prompts/get", lawful);
    send(conversation, GET + "-unknown", "prompts/get", Probes.params("name", Probes.UNKNOWN_NAME));
    send(conversation, AS_TASK + GET, "prompts/get", asTask(lawful));
    if (!required.isEmpty()) {
      ObjectNode odd = lawful.deepCopy();
      odd.withObjectProperty("arguments").putObject(required.getFirst()).put("wrong", true);
      send(conversation, ODD_ARGUMENT, "prompts/get", odd);
      send(conversation, GET + "-incomplete", "prompts/get", Probes.params("name", prompt));
    }
  }

  private static void anyAsTask(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    List<ToolInfo> tools =
        stage.probe().tools().stream()
            .filter(tool -> tool.callable() && tool.readOnly())
            .limit(MAX_AS_TASK)
            .toList();
    for (ToolInfo tool : tools) {
      CallableTool callable = new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy());
      send(conversation, AS_TASK + "any", "tools/call", asTask(callable.params()));
    }
  }

  private static ObjectNode asTask(ObjectNode params) {
    ObjectNode copy = params.deepCopy();
    copy.putObject("task").put("ttl", TTL_MILLIS);
    return copy;
  }

  private static ObjectNode completion(String prompt, String argument) {
    ObjectNode params = Messages.object();
    params.putObject("ref").put("type", "ref/prompt").put("name", prompt);
    params.putObject("argument").put("name", argument).put("value", "");
    return params;
  }

  private static void completions(Conversation conversation, String prompt, String argument)
      throws HarnessException, InterruptedException {
    send(conversation, COMPLETE, "completion/complete", completion(prompt, argument));
    send(
        conversation,
        COMPLETE + "-unknown",
        "completion/complete",
        completion(Probes.UNKNOWN_NAME, argument));
    ObjectNode typed = completion(prompt, argument);
    typed.withObjectProperty("ref").put("type", "ref/plumbline");
    send(conversation, INPUT + "type", "completion/complete", typed);
    ObjectNode number = completion(prompt, argument);
    number.withObjectProperty("argument").put("value", 7);
    send(conversation, INPUT + "number", "completion/complete", number);
    ObjectNode wide = completion(prompt, argument);
    wide.withObjectProperty("argument").put("value", "x".repeat(LONG));
    send(conversation, INPUT + "long", "completion/complete", wide);
    for (String member : List.of("ref", "argument")) {
      ObjectNode params = completion(prompt, argument);
      params.remove(member);
      send(conversation, COMPLETE + ".without-" + member, "completion/complete", params);
    }
  }
}

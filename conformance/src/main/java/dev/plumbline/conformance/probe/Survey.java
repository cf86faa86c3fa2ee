package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists what one open conversation offers. Stops asking when an answer stays away. */
final class Survey {
  /** How many pages of a list are read. */
  static final int MAX_PAGES = 20;

  /** How many entries of a list are kept. */
  static final int MAX_ENTRIES = 500;

  private final Conversation conversation;
  private final ProbeOptions options;
  private final List<ToolInfo> tools = new ArrayList<>();
  private final List<String> resources = new ArrayList<>();
  private final List<String> templates = new ArrayList<>();
  private final List<String> prompts = new ArrayList<>();
  private final Map<String, List<String>> promptArguments = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private long slowest;
  private boolean silent;

  Survey(Conversation conversation, ProbeOptions options) {
    this.conversation = conversation;
    this.options = options;
  }

  /** Asks for everything declared. */
  EraProbe run(List<String> revisions, JsonNode capabilities, JsonNode serverInfo, long answerNanos)
      throws HarnessException, InterruptedException {
    slowest = answerNanos;
    if (capabilities.has("tools")) {
      list("tools/list", "tools", this::tool);
    }
    if (capabilities.has("resources")) {
      list("resources/list", "resources", r -> text(r, "uri").ifPresent(resources::add));
      list(
          "resources/templates/list",
          "resourceTemplates",
          t -> text(t, "uriTemplate").ifPresent(templates::add));
    }
    if (capabilities.has("prompts")) {
      list("prompts/list", "prompts", this::prompt);
    }
    return new EraProbe(
        conversation.era(),
        conversation.transport(),
        revisions,
        conversation.revision(),
        capabilities.isObject() ? capabilities : Messages.object(),
        serverInfo.isObject() ? serverInfo : Messages.object(),
        tools,
        resources,
        templates,
        prompts,
        promptArguments,
        conversation.session().isPresent(),
        slowest,
        notes);
  }

  private void list(String method, String field, Consumer<JsonNode> sink)
      throws HarnessException, InterruptedException {
    Optional<String> cursor = Optional.empty();
    Set<String> seen = new HashSet<>();
    int entries = 0;
    for (int page = 0; page < MAX_PAGES && !silent; page++) {
      ObjectNode params = Messages.object();
      cursor.ifPresent(c -> params.put("cursor", c));
      Exchange exchange = conversation.send(method, conversation.draft(method, params));
      if (!exchange.accepted()) {
        silent = exchange.end() != End.COMPLETE;
        notes.add(method + " got no result: " + oneLine(exchange.receivedText()));
        return;
      }
      slowest = Math.max(slowest, exchange.endNanos() - exchange.sentNanos());
      JsonNode result = exchange.result().orElseThrow();
      for (JsonNode entry : result.path(field)) {
        if (entries++ < MAX_ENTRIES) {
          sink.accept(entry);
        }
      }
      cursor = text(result, "nextCursor");
      if (cursor.isEmpty() || !seen.add(cursor.get())) {
        return;
      }
    }
    notes.add(method + " has more pages than the " + MAX_PAGES + " that were read");
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private void tool(JsonNode tool) {
    Optional<String> name = text(tool, "name");
    if (name.isEmpty()) {
      return;
    }
    JsonNode annotations = tool.path("annotations");
    boolean readOnly =
        annotations.path("readOnlyHint").asBoolean(false)
            || options.readOnlyTools().contains(name.get());
    boolean destructive = !readOnly && annotations.path("destructiveHint").asBoolean(true);
    InputSchema.Outcome arguments =
        InputSchema.arguments(tool.path("inputSchema"), options.seed() ^ name.get().hashCode());
    boolean task = "required".equals(tool.path("execution").path("taskSupport").asString(""));
    tools.add(
        new ToolInfo(
            name.get(),
            present(tool.path("inputSchema")),
            present(tool.path("outputSchema")),
            readOnly,
            destructive,
            arguments.arguments(),
            task ? "it can only be called as a task" : arguments.obstacle()));
    conversation.know(name.get(), tool.path("inputSchema"));
  }

  private static JsonNode present(JsonNode node) {
    return node.isMissingNode() ? Messages.NODES.nullNode() : node;
  }

  private void prompt(JsonNode prompt) {
    Optional<String> name = text(prompt, "name");
    if (name.isEmpty()) {
      return;
    }
    prompts.add(name.get());
    List<String> required = new ArrayList<>();
    for (JsonNode argument : prompt.path("arguments")) {
      if (argument.path("required").asBoolean(false)) {
        text(argument, "name").ifPresent(required::add);
      }
    }
    promptArguments.put(name.get(), List.copyOf(required));
  }

  /** The text on one line, bounded. */
  static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }
}

package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** TOOL-003 and TOOL-503: structured content conforms to the tool's output schema. */
public final class StructuredContent {
  /** How many tools are called. */
  private static final int MAX_CALLS = 5;

  private static final String CALL = "call";

  private StructuredContent() {}

  /** Lists the tools and calls the read-only ones that have an output schema. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        Probes.allTools(conversation);
        List<ToolInfo> tools =
            stage.probe().tools().stream()
                .filter(ToolInfo::callable)
                .filter(tool -> tool.needs() == Consent.READ_ONLY)
                .filter(tool -> tool.outputSchema().isObject())
                .limit(MAX_CALLS)
                .toList();
        for (ToolInfo tool : tools) {
          ObjectNode params = Probes.params("name", tool.name());
          params.set("arguments", tool.arguments().deepCopy());
          conversation.send(CALL, conversation.draft("tools/call", params));
        }
      };

  /** Judges every call against the schema listed in the same recording. */
  public static Verdict judge(Recording recording) {
    Map<String, JsonNode> schemas = schemas(recording);
    Examination examination = new Examination(recording);
    if (!examination.served("tools-list")) {
      return examination.verdict();
    }
    if (schemas.isEmpty()) {
      return new Verdict.NotApplicable("no listed tool has an output schema");
    }
    List<Exchange> calls = recording.exchanges(CALL).toList();
    if (calls.isEmpty()) {
      examination.unseen("no tool with an output schema says that it is read-only");
    }
    for (Exchange call : calls) {
      judge(call, schemas, examination);
    }
    return examination.verdict();
  }

  private static Map<String, JsonNode> schemas(Recording recording) {
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    recording
        .exchanges("tools-list")
        .flatMap(page -> page.result().stream())
        .flatMap(result -> result.path("tools").valueStream())
        .filter(tool -> tool.path("outputSchema").isObject())
        .forEach(tool -> schemas.put(tool.path("name").asString(""), tool.path("outputSchema")));
    return schemas;
  }

  private static void judge(Exchange call, Map<String, JsonNode> schemas, Examination examination) {
    String name =
        call.sentMessage().map(m -> m.path("params").path("name").asString("")).orElse("");
    JsonNode schema = schemas.get(name);
    Optional<JsonNode> result = call.result();
    if (schema == null || result.isEmpty()) {
      examination.unseen(Answer.notServed(call).orElse("tool " + name + " lost its output schema"));
      return;
    }
    JsonNode content = result.get();
    if (content.path("isError").asBoolean(false)
        || content.path("resultType").asString("complete").equals("input_required")) {
      examination.unseen("tool " + name + " did not complete");
      return;
    }
    judge(name, schema, content.path("structuredContent"), call, examination);
  }

  private static void judge(
      String name, JsonNode schema, JsonNode value, Exchange call, Examination examination) {
    if (value.isMissingNode()) {
      broken(name, "there is no structuredContent", call, examination);
      return;
    }
    try {
      JsonSchemas.violation(schema, value)
          .ifPresentOrElse(problem -> broken(name, problem, call, examination), examination::kept);
    } catch (IllegalArgumentException e) {
      examination.unseen("the output schema of " + name + " cannot be used: " + e.getMessage());
    }
  }

  private static void broken(String name, String problem, Exchange call, Examination examination) {
    examination.broken(
        call,
        "The result of tool " + name + " does not conform to its output schema.",
        "A tool with an output schema returns structuredContent that is valid against it.",
        problem,
        "Return structuredContent from "
            + name
            + " as its outputSchema says, or correct the"
            + " schema.");
  }
}

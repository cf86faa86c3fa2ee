package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.JsonSchemas;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.StructuredContent;
import dev.plumbline.conformance.rule.UnknownTool;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/server/tools}. */
public final class ToolRules {
  private static final String LIST = "tools-list";

  private ToolRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TOOL-001",
            Probes.ANY,
            Probes.HANDSHAKE.capability("tools"),
            stage -> Probes.allTools(stage.open()),
            ToolRules::inputSchemasAreValid),
        new Rule(
            "TOOL-002",
            Probes.ANY,
            Probes.HANDSHAKE.capability("tools"),
            UnknownTool.SCRIPT,
            UnknownTool::judge),
        new Rule(
            "TOOL-003",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-06-18").capability("tools"),
            StructuredContent.SCRIPT,
            StructuredContent::judge));
  }

  private static Verdict inputSchemasAreValid(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(LIST)) {
      for (Exchange page : recording.exchanges(LIST).toList()) {
        page.result()
            .ifPresent(
                result ->
                    result.path("tools").valueStream().forEach(t -> judge(t, page, examination)));
      }
    }
    return examination.verdict();
  }

  private static void judge(JsonNode tool, Exchange page, Examination examination) {
    JsonNode schema = tool.path("inputSchema");
    if (schema.isObject() && !JsonSchemas.isKnown(JsonSchemas.dialect(schema))) {
      examination.unseen("schemas of dialect " + JsonSchemas.dialect(schema) + " cannot be judged");
      return;
    }
    Optional<String> defect = defect(schema);
    if (defect.isEmpty()) {
      examination.kept();
      return;
    }
    String name = tool.path("name").asString("(without a name)");
    examination.broken(
        page,
        "The input schema of tool " + name + " is not a valid JSON Schema object.",
        "inputSchema is a JSON Schema object, never null, valid in its dialect (2020-12 unless it"
            + " names another), of type object.",
        "For tool " + name + ": " + defect.get() + ".",
        "Give "
            + name
            + " an inputSchema such as {\"type\":\"object\"} that is valid in its"
            + " dialect.");
  }

  private static Optional<String> defect(JsonNode schema) {
    if (schema.isMissingNode()) {
      return Optional.of("inputSchema is missing");
    }
    if (!schema.isObject()) {
      return Optional.of("inputSchema is " + schema);
    }
    if (!schema.path("type").asString("").equals("object")) {
      // The Tool type of the page's schema fixes type to "object".
      return Optional.of("type is not \"object\"");
    }
    return JsonSchemas.defect(schema);
  }
}

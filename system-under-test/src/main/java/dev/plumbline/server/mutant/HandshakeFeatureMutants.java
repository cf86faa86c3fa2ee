package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.Tool;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the features of the handshake era. */
final class HandshakeFeatureMutants {
  private HandshakeFeatureMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TOOL-001
        Planting.handshakeResult(
            "null-input-schema", "tools/list", HandshakeFeatureMutants::nullLastSchema),
        // TOOL-002
        Planting.handshakeMethod(
            "unknown-tool-as-result", "tools/call", FeatureDefects::unknownToolAsResult),
        // TOOL-003
        Planting.handshakeMethod(
            "structured-content-wrong-type", "tools/call", HandshakeFeatureMutants::wrongType),
        // RES-001
        Planting.handshakeMethod(
            "unknown-resource-empty-contents",
            "resources/read",
            FeatureDefects::unknownResourceAsEmpty),
        // PAGE-001
        Planting.handshake(
            "invalid-cursor-ignored", parts -> parts.withMethods(FeatureDefects::cursorsIgnored)),
        // PROM-001
        Planting.handshakeResult(
            "prompts-undeclared",
            "initialize",
            result -> result.withObjectProperty("capabilities").remove("prompts")),
        // BASE-006
        Planting.handshakeResult(
            "resource-without-name",
            "resources/list",
            result -> ((ObjectNode) result.withArrayProperty("resources").get(0)).remove("name")));
  }

  /** Only the last page holds the last tool. */
  private static void nullLastSchema(ObjectNode result) {
    if (!result.has("nextCursor")) {
      ArrayNode tools = result.withArrayProperty("tools");
      ((ObjectNode) tools.get(tools.size() - 1)).putNull("inputSchema");
    }
  }

  private static Method wrongType(ServerParts parts, Method original) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      String name = params.path("name").asString("");
      Optional<Tool> tool =
          parts.features().catalog().tools().stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst();
      if (tool.isPresent() && result.get("structuredContent") instanceof ObjectNode structured) {
        JsonNode schema = tool.get().definition().path("outputSchema");
        String property = schema.path("required").path(0).asString("");
        boolean object =
            schema.path("properties").path(property).path("type").asString("").equals("object");
        if (object) {
          structured.put(property, "wrong");
        } else {
          structured.putObject(property);
        }
      }
      return result;
    };
  }
}

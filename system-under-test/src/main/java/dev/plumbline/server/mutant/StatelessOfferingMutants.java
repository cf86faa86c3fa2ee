package dev.plumbline.server.mutant;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in what a server of the stateless era says it has, and in what it then gives. */
final class StatelessOfferingMutants {
  private static final String HEADER = "x-mcp-header";

  private StatelessOfferingMutants() {}

  static List<Mutant> all() {
    return List.of(
        undeclared("tools-undeclared-stateless", "tools"),
        undeclared("resources-undeclared-stateless", "resources"),
        undeclared("prompts-undeclared-stateless", "prompts"),
        undeclared("completions-undeclared-stateless", "completions"),
        undeclared("logging-undeclared-stateless", "logging"),
        // TOOL-509
        Planting.statelessResult(
            "tools-list-empty-object", "tools/list", result -> result.putObject("tools")),
        // RES-505
        Planting.statelessResult(
            "resources-list-object", "resources/list", result -> result.putObject("resources")),
        // TOOL-504
        tool("schema-type-string", t -> schema(t).put("type", "string")),
        // TOOL-514
        tool("tool-name-long", t -> t.put("name", "n".repeat(129))),
        // TOOL-516
        tool("tool-name-with-dollar", t -> t.put("name", "cash$")),
        // TOOL-517, TOOL-516
        tool("tool-name-with-space-stateless", t -> t.put("name", "re member")),
        // TOOL-518
        tool("tool-listed-twice", t -> t.put("name", "sum")),
        // TOOL-533
        tool("header-name-empty", t -> mirrored(t, "string", "")),
        // TOOL-534
        tool("header-name-with-space", t -> mirrored(t, "string", "A B")),
        // TOOL-535
        tool("header-name-with-line-feed", t -> mirrored(t, "string", "A\nB")),
        // TOOL-536
        tool(
            "header-name-twice",
            t -> {
              mirrored(t, "string", "Same");
              properties(t).putObject("second").put("type", "string").put(HEADER, "SAME");
            }),
        // TOOL-537
        tool("header-of-number", t -> mirrored(t, "number", "Odd")),
        // TOOL-538
        tool(
            "header-of-large-integer",
            t -> mirrored(t, "integer", "Large").put("maximum", 9_007_199_254_740_992L)),
        // TOOL-539, TRAN-564, TRAN-565
        tool(
            "header-below-items",
            t ->
                properties(t)
                    .putObject("many")
                    .put("type", "array")
                    .putObject("items")
                    .put("type", "string")
                    .put(HEADER, "Item")),
        // TOOL-540
        tool(
            "header-of-password",
            t -> properties(t).putObject("password").put("type", "string").put(HEADER, "Pass")),
        // TOOL-525
        Planting.statelessResult(
            "structured-content-without-text",
            "tools/call",
            result -> {
              if (result.has("structuredContent")) {
                result.putArray("content");
              }
            }),
        // RES-510
        Planting.statelessResult(
            "resource-uri-without-scheme",
            "resources/list",
            result -> first(result, "resources").put("uri", "//welcome")),
        // RES-515
        Planting.statelessResult(
            "blob-not-base64",
            "resources/read",
            result -> {
              if (first(result, "contents").has("blob")) {
                first(result, "contents").put("blob", "***");
              }
            }),
        content("prompt-image-not-base64", "image", block -> block.put("data", "***")),
        content(
            "prompt-resource-without-mime-type",
            "resource",
            block -> block.withObjectProperty("resource").remove("mimeType")),
        // PROM-508
        Planting.statelessResult(
            "prompt-audio-as-image",
            "prompts/get",
            result ->
                result
                    .withArrayProperty("messages")
                    .addObject()
                    .put("role", "user")
                    .putObject("content")
                    .put("type", "audio")
                    .put("data", "AAAA")
                    .put("mimeType", "image/png")),
        // CACH-509
        Planting.statelessResult(
            "time-to-live-negative", "resources/templates/list", r -> r.put("ttlMs", -1)),
        // CACH-502
        Planting.statelessResult(
            "last-page-private",
            "tools/list",
            result -> {
              if (!result.has("nextCursor")) {
                result.put("cacheScope", "private");
              }
            }),
        // VERS-504
        Planting.statelessResult(
            "extension-without-prefix",
            "server/discover",
            result ->
                result
                    .withObjectProperty("capabilities")
                    .withObjectProperty("extensions")
                    .putObject("own")),
        // DISC-503
        Planting.statelessResult(
            "discover-unnamed",
            "server/discover",
            result ->
                result.withObjectProperty("_meta").remove("io.modelcontextprotocol/serverInfo")));
  }

  private static Mutant undeclared(String name, String capability) {
    return Planting.statelessResult(
        name,
        "server/discover",
        result -> result.withObjectProperty("capabilities").remove(capability));
  }

  private static Mutant tool(String name, Consumer<ObjectNode> spoil) {
    return StatelessMessageMutants.lastTool(name, spoil);
  }

  private static ObjectNode schema(ObjectNode tool) {
    return tool.withObjectProperty("inputSchema");
  }

  private static ObjectNode properties(ObjectNode tool) {
    return schema(tool).withObjectProperty("properties");
  }

  private static ObjectNode mirrored(ObjectNode tool, String type, String header) {
    return properties(tool).putObject("first").put("type", type).put(HEADER, header);
  }

  private static ObjectNode first(ObjectNode result, String member) {
    return result.withArrayProperty(member).get(0) instanceof ObjectNode object
        ? object
        : result.withArrayProperty(member).addObject();
  }

  private static Mutant content(String name, String type, Consumer<ObjectNode> spoil) {
    return Planting.statelessResult(
        name,
        "prompts/get",
        result -> {
          for (JsonNode message : result.withArrayProperty("messages")) {
            if (message.path("content") instanceof ObjectNode block
                && block.path("type").asString("").equals(type)) {
              spoil.accept(block);
            }
          }
        });
  }
}

package dev.plumbline.server.mutant;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in single messages, metadata and schemas of the stateless era. */
final class StatelessMessageMutants {
  private static final String TEMPLATES = "resources/templates/list";
  private static final String COMPLETE = "completion/complete";

  private StatelessMessageMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-510
        Planting.statelessMessage("jsonrpc-one", COMPLETE, answer -> answer.put("jsonrpc", "1.0")),
        // BASE-514
        Planting.statelessMessage(
            "error-beside-result",
            TEMPLATES,
            answer -> {
              if (answer.has("error")) {
                answer.putObject("result");
              }
            }),
        // BASE-515
        Planting.statelessResult(
            "result-type-unknown", COMPLETE, result -> result.put("resultType", "done")),
        // BASE-519, BASE-504
        Planting.statelessError(
            "error-code-fraction", TEMPLATES, error -> error.put("code", -32602.5)),
        // BASE-504
        Planting.statelessError(
            "error-without-message", TEMPLATES, error -> error.remove("message")),
        // BASE-520
        Planting.statelessError("error-code-32005", TEMPLATES, error -> error.put("code", -32005)),
        // BASE-505
        Planting.statelessError("error-code-32050", TEMPLATES, error -> error.put("code", -32050)),
        // BASE-526
        Planting.statelessSays(
            "server-request",
            TEMPLATES,
            "{\"jsonrpc\":\"2.0\",\"id\":\"server-1\",\"method\":\"ping\"}"),
        // BASE-545
        meta("meta-prefix-empty-label", "com..example/note", "x"),
        // BASE-546
        meta("meta-label-begins-with-digit", "1st.example/note", "x"),
        // BASE-548
        meta("meta-name-begins-with-hyphen", "com.example/-note", "x"),
        // BASE-556
        meta("traceparent-malformed", "traceparent", "none"),
        // BASE-507
        Planting.statelessResult(
            "server-info-missing",
            "prompts/list",
            result ->
                result.withObjectProperty("_meta").remove("io.modelcontextprotocol/serverInfo")),
        // BASE-534
        lastTool(
            "schema-draft-07",
            tool ->
                tool.withObjectProperty("inputSchema")
                    .put("$schema", "http://json-schema.org/draft-07/schema#")),
        // BASE-536, BASE-539
        lastTool(
            "schema-type-unknown",
            tool ->
                tool.withObjectProperty("inputSchema")
                    .withObjectProperty("properties")
                    .putObject("odd")
                    .put("type", "strin")),
        // BASE-540
        lastTool(
            "schema-refers-to-network",
            tool ->
                tool.withObjectProperty("inputSchema")
                    .withObjectProperty("properties")
                    .putObject("far")
                    .put("$ref", "https://schemas.example/far.json")));
  }

  private static Mutant meta(String name, String key, String value) {
    return Planting.statelessResult(
        name, "prompts/list", result -> result.withObjectProperty("_meta").put(key, value));
  }

  /** Spoils the last tool of the list, which only its last page holds. */
  static Mutant lastTool(String name, Consumer<ObjectNode> spoil) {
    return Planting.statelessResult(
        name,
        "tools/list",
        result -> {
          if (!result.has("nextCursor")) {
            ArrayNode tools = result.withArrayProperty("tools");
            spoil.accept((ObjectNode) tools.get(tools.size() - 1));
          }
        });
  }
}

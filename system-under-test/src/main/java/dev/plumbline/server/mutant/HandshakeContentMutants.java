package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HandshakeParts;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the results of the handshake era and in what they hold. */
final class HandshakeContentMutants {
  private static final String TOOLS = "tools/list";
  private static final String PROMPTS = "prompts/list";
  private static final String GET_PROMPT = "prompts/get";
  private static final int TOO_LONG = 129;

  private HandshakeContentMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-003, BASE-011
        response(
            "result-beside-error",
            tree -> tree.putObject("error").put("code", -32603).put("message", "both")),
        response("response-with-neither", tree -> tree.remove("result")),
        // BASE-016, BASE-021
        Planting.handshakeResult(
            "schema-of-draft-07",
            TOOLS,
            result ->
                last(result)
                    .withObjectProperty("inputSchema")
                    .put("$schema", "http://json-schema.org/draft-07/schema#")),
        Planting.handshakeResult(
            "output-schema-invalid", TOOLS, HandshakeContentMutants::mistitled),
        // BASE-023, BASE-024, BASE-026
        meta("meta-prefix-twice", "plumbline.example/a/b"),
        meta("meta-label-digit", "1plumbline.example/a"),
        meta("meta-name-hyphen", "plumbline.example/-a"),
        // TOOL-005, TOOL-011, TOOL-013
        copied("tool-name-twice", ""),
        copied("tool-name-too-long", "x".repeat(TOO_LONG)),
        copied("tool-name-with-space", "two words"),
        // TOOL-015
        Planting.handshake(
            "embedded-resource-undeclared", HandshakeContentMutants::withoutResources),
        // TOOL-016
        Planting.handshakeResult(
            "structured-without-text",
            "tools/call",
            result -> {
              if (result.has("structuredContent")) {
                result.putArray("content");
              }
            }),
        // RES-006, RES-010
        Planting.handshakeResult(
            "scheme-with-underscore",
            "resources/list",
            result -> {
              if (!result.has("nextCursor")) {
                ArrayNode listed = result.withArrayProperty("resources");
                listed.add(((ObjectNode) listed.get(0)).deepCopy().put("uri", "plumb_line:///x"));
              }
            }),
        Planting.handshakeResult(
            "blob-unpadded",
            "resources/read",
            result ->
                each(
                    result,
                    "contents",
                    "blob",
                    (entry, blob) -> entry.put("blob", blob.replace("=", "")))),
        // PROM-004, PROM-005, PROM-006
        prompt("prompt-image-type", "image", content -> content.put("mimeType", "picture/png")),
        prompt("prompt-audio-type", "audio", content -> content.put("mimeType", "sound")),
        prompt(
            "prompt-resource-without-type",
            "resource",
            content -> content.withObjectProperty("resource").remove("mimeType")),
        // LOG-001
        Planting.handshakeResult(
            "logging-undeclared",
            "initialize",
            result -> result.withObjectProperty("capabilities").remove("logging")));
  }

  /** Spoils the whole response to the list of templates. */
  private static Mutant response(String name, Consumer<ObjectNode> spoil) {
    return Planting.handshakeAnswer(
        name,
        (in, message, answer) ->
            message instanceof Message.Request request
                    && request.method().equals("resources/templates/list")
                ? spoiled(answer, spoil)
                : answer);
  }

  static Answer spoiled(Answer answer, Consumer<ObjectNode> spoil) {
    String json = new String(answer.bytes(), StandardCharsets.UTF_8);
    ObjectNode tree = (ObjectNode) JsonLimits.mapper().readTree(json);
    spoil.accept(tree);
    return answer.withBody(new Answer.Body.Raw(tree.toString()));
  }

  private static ObjectNode last(ObjectNode result) {
    ArrayNode tools = result.withArrayProperty("tools");
    return (ObjectNode) tools.get(tools.size() - 1);
  }

  private static void mistitled(ObjectNode result) {
    for (JsonNode tool : result.path("tools")) {
      if (tool.path("outputSchema") instanceof ObjectNode schema) {
        schema.put("title", 5);
      }
    }
  }

  private static Mutant meta(String name, String key) {
    return Planting.handshakeResult(
        name, PROMPTS, result -> result.withObjectProperty("_meta").put(key, 1));
  }

  /** The last tool once more, under another name when one is given. */
  private static Mutant copied(String mutant, String name) {
    return Planting.handshakeResult(
        mutant,
        TOOLS,
        result -> {
          if (!result.has("nextCursor")) {
            ObjectNode copy = last(result).deepCopy();
            if (!name.isEmpty()) {
              copy.put("name", name);
            }
            result.withArrayProperty("tools").add(copy);
          }
        });
  }

  private static HandshakeParts withoutResources(HandshakeParts parts) {
    return parts
        .withShape(
            (method, result) -> {
              ObjectNode shaped = parts.shape().shape(method, result);
              if (method.equals("initialize")) {
                shaped.withObjectProperty("capabilities").remove("resources");
              }
              return shaped;
            })
        .withMethods(
            table ->
                table.with(
                    "resources/list",
                    (context, _) -> {
                      throw new RpcException(
                          RpcError.of(ErrorCode.METHOD_NOT_FOUND, context.method()));
                    }));
  }

  /** Changes one member of an entry, given its text. */
  @FunctionalInterface
  private interface Change {
    void apply(ObjectNode entry, String text);
  }

  private static void each(ObjectNode result, String list, String member, Change change) {
    for (JsonNode entry : result.path(list)) {
      if (entry instanceof ObjectNode object && object.path(member).isString()) {
        change.apply(object, object.path(member).stringValue());
      }
    }
  }

  private static Mutant prompt(String name, String type, Consumer<ObjectNode> spoil) {
    return Planting.handshakeResult(
        name,
        GET_PROMPT,
        result -> {
          for (JsonNode message : result.path("messages")) {
            if (message.path("content") instanceof ObjectNode content
                && content.path("type").asString("").equals(type)) {
              spoil.accept(content);
            }
          }
        });
  }
}

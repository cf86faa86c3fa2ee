package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lawful answers to what a server asks its client. */
public final class Replies {
  /** What every text says that nobody restricts. */
  public static final String TEXT = "plumbline";

  private static final int MAX_TEXT = 1_024;
  private static final String ACTION = "action";

  private Replies() {}

  /** An answer to every request of an {@code inputRequests}; empty when one cannot be answered. */
  public static Optional<ObjectNode> all(JsonNode requests) {
    ObjectNode replies = Messages.object();
    for (Map.Entry<String, JsonNode> request : requests.properties()) {
      Optional<ObjectNode> reply = to(request.getValue());
      if (reply.isEmpty()) {
        return Optional.empty();
      }
      replies.set(request.getKey(), reply.get());
    }
    return Optional.of(replies);
  }

  /** The answer of a client that does what it is asked; empty for what nobody may ask. */
  public static Optional<ObjectNode> to(JsonNode request) {
    return switch (request.path("method").asString("")) {
      case "elicitation/create" -> Optional.of(elicited(request.path("params")));
      case "sampling/createMessage" -> Optional.of(sampled());
      case "roots/list" -> Optional.of(roots());
      default -> Optional.empty();
    };
  }

  /** A user who does not want to say. */
  public static ObjectNode refused(String action) {
    return Messages.object().put(ACTION, action);
  }

  private static ObjectNode elicited(JsonNode params) {
    ObjectNode reply = Messages.object().put(ACTION, "accept");
    if (!params.path("mode").asString("form").equals("url")) {
      reply.set("content", content(params.path("requestedSchema")));
    }
    return reply;
  }

  /** A model that says one word. */
  public static ObjectNode sampled() {
    ObjectNode reply = Messages.object().put("role", "assistant");
    reply.putObject("content").put("type", "text").put("text", TEXT);
    return reply.put("model", TEXT).put("stopReason", "endTurn");
  }

  private static ObjectNode roots() {
    ObjectNode reply = Messages.object();
    reply.putArray("roots").addObject().put("uri", "file:///plumbline").put("name", TEXT);
    return reply;
  }

  /** A form filled in: every field, as its schema wants it. */
  public static ObjectNode content(JsonNode schema) {
    ObjectNode content = Messages.object();
    schema
        .path("properties")
        .properties()
        .forEach(p -> content.set(p.getKey(), value(p.getValue())));
    return content;
  }

  private static JsonNode value(JsonNode field) {
    Optional<JsonNode> choice = choice(field);
    if (choice.isPresent()) {
      return choice.get();
    }
    return switch (field.path("type").asString("string")) {
      case "boolean" -> Messages.NODES.booleanNode(true);
      case "integer", "number" -> number(field);
      case "array" -> several(field);
      default -> Messages.NODES.stringNode(text(field));
    };
  }

  private static Optional<JsonNode> choice(JsonNode field) {
    if (field.has("const")) {
      return Optional.of(field.path("const"));
    }
    if (field.path("enum").isArray()) {
      return field.path("enum").valueStream().findFirst();
    }
    JsonNode titled = field.has("oneOf") ? field.path("oneOf") : field.path("anyOf");
    return titled.valueStream().map(option -> option.path("const")).findFirst();
  }

  private static JsonNode number(JsonNode field) {
    double least = field.path("minimum").asDouble(2);
    double most = field.path("maximum").asDouble(2);
    return Messages.NODES.numberNode(
        (long) (least > 2 ? Math.ceil(least) : Math.floor(Math.min(2, most))));
  }

  private static ArrayNode several(JsonNode field) {
    ArrayNode chosen = Messages.NODES.arrayNode();
    choice(field.path("items")).ifPresent(chosen::add);
    return chosen;
  }

  private static String text(JsonNode field) {
    String text =
        switch (field.path("format").asString("")) {
          case "email" -> "plumbline@example.com";
          case "uri" -> "https://example.com/plumbline";
          case "date" -> "2026-01-01";
          case "date-time" -> "2026-01-01T00:00:00Z";
          default -> TEXT;
        };
    int least = Math.min(MAX_TEXT, field.path("minLength").asInt(0));
    int most = field.path("maxLength").asInt(MAX_TEXT);
    String whole = text + "x".repeat(Math.max(0, least - text.length()));
    return whole.length() <= most ? whole : whole.substring(0, Math.max(0, most));
  }
}

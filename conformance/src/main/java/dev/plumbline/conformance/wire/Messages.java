package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and shapes JSON-RPC messages, forgiving on what is received: judging is for rules. */
public final class Messages {
  /** The node factory for drafts. */
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  // A received duplicate key is the last one's value, as most implementations read it.
  private static final JsonMapper LENIENT =
      Json.mapper().rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Messages() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** The bytes as JSON, or empty when they are not UTF-8 or not JSON. */
  public static Optional<JsonNode> parse(Bytes bytes) {
    return bytes.utf8().flatMap(Messages::parse);
  }

  /** The text as JSON, or empty when it is blank or not JSON. */
  public static Optional<JsonNode> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      JsonNode node = LENIENT.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The JSON on one line. */
  public static String compact(JsonNode node) {
    return node.toString();
  }

  /** The response to this request with this result. */
  public static ObjectNode result(JsonNode request, JsonNode result) {
    ObjectNode answer = object().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    answer.set("result", result);
    return answer;
  }

  /** The response to this request with an error. */
  public static ObjectNode error(JsonNode request, int code, String message) {
    ObjectNode answer = object().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }

  /** Whether the message answers a request: it holds a result or an error, and no method. */
  public static boolean isResponse(JsonNode message) {
    return message.isObject()
        && !message.has("method")
        && (message.has("result") || message.has("error"));
  }

  /** Whether the message asks for an answer: it holds a method and an id. */
  public static boolean isRequest(JsonNode message) {
    return message.isObject() && message.has("method") && message.has("id");
  }

  /** Whether the message is a response without a usable id, as a parse error gets. */
  public static boolean isAnonymousResponse(JsonNode message) {
    return isResponse(message) && (!message.has("id") || message.get("id").isNull());
  }

  /** Whether the message is the response to the request with this id. */
  public static boolean answers(JsonNode message, JsonNode id) {
    return isResponse(message) && isSameId(id, message.path("id"));
  }

  /** Whether two ids are equal: strings by their characters, integers by their value. */
  public static boolean isSameId(JsonNode one, JsonNode other) {
    if (one.isIntegralNumber() && other.isIntegralNumber()) {
      return one.bigIntegerValue().equals(other.bigIntegerValue());
    }
    return one.equals(other);
  }

  /** The message, or the messages of a batch. */
  static List<JsonNode> flatten(JsonNode node) {
    if (!node.isArray()) {
      return List.of(node);
    }
    List<JsonNode> messages = new ArrayList<>();
    node.forEach(messages::add);
    return messages;
  }
}

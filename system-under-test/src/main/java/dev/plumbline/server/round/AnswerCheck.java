package dev.plumbline.server.round;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.Schema;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a client's answer fits its question (2026-07-28 client pages; mrtr, error handling). */
public final class AnswerCheck {
  private static final Set<String> ACTIONS = Set.of("accept", "decline", "cancel");
  private static final Set<String> ROLES = Set.of("user", "assistant");

  private AnswerCheck() {}

  /** What is wrong with the answer, in one line, or empty. */
  public static Optional<String> problem(ClientRequest question, JsonNode answer) {
    if (!answer.isObject()) {
      return Optional.of("is not an object");
    }
    return switch (question.method()) {
      case "elicitation/create" -> elicited(question.params(), answer);
      case "sampling/createMessage" -> sampled(answer);
      case "roots/list" -> roots(answer);
      default -> Optional.of("answers a question nobody may ask");
    };
  }

  private static Optional<String> elicited(ObjectNode question, JsonNode answer) {
    String action = answer.path("action").isString() ? answer.path("action").stringValue() : "";
    if (!ACTIONS.contains(action)) {
      return Optional.of("has no action out of accept, decline and cancel");
    }
    if (!action.equals("accept") || question.path("mode").asString("form").equals("url")) {
      return Optional.empty();
    }
    JsonNode content = answer.path("content");
    if (!content.isObject()) {
      return Optional.of("accepts without content");
    }
    return question.path("requestedSchema") instanceof ObjectNode schema
        ? Schema.compile(schema).problem(content, "content")
        : Optional.empty();
  }

  private static Optional<String> sampled(JsonNode answer) {
    if (!ROLES.contains(answer.path("role").asString(""))) {
      return Optional.of("has no role out of user and assistant");
    }
    if (!answer.path("model").isString()) {
      return Optional.of("does not name its model");
    }
    JsonNode content = answer.path("content");
    boolean fits =
        content.isArray() ? content.valueStream().allMatch(AnswerCheck::isBlock) : isBlock(content);
    return fits ? Optional.empty() : Optional.of("has no content");
  }

  private static boolean isBlock(JsonNode block) {
    return switch (block.path("type").asString("")) {
      case "text" -> block.path("text").isString();
      case "image", "audio" -> block.path("data").isString() && block.path("mimeType").isString();
      case "tool_use" ->
          block.path("id").isString()
              && block.path("name").isString()
              && block.path("input").isObject();
      case "tool_result" -> block.path("toolUseId").isString() && block.path("content").isArray();
      default -> false;
    };
  }

  private static Optional<String> roots(JsonNode answer) {
    JsonNode roots = answer.path("roots");
    return roots.isArray()
            && roots
                .valueStream()
                .allMatch(root -> root.path("uri").asString("").startsWith("file://"))
        ? Optional.empty()
        : Optional.of("has no list of file roots");
  }
}

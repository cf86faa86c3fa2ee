package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.rule.MinimalServer.Refusal;
import dev.plumbline.conformance.wire.Messages;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One feature with one entry, as correct as it can be small. */
enum MinimalFeature {
  TOOLS("tools/call", "name"),
  PROMPTS("prompts/get", "name"),
  RESOURCES("resources/read", "uri");

  private static final String ADDRESS = "minimal:///greeting";
  private static final int NOT_FOUND_BEFORE_2026 = -32002;

  private final String use;
  private final String naming;

  MinimalFeature(String use, String naming) {
    this.use = use;
    this.naming = naming;
  }

  /** The method that uses an entry. */
  String use() {
    return use;
  }

  /** The parameter that names the entry. */
  String naming() {
    return naming;
  }

  /** The capability, and the member of the list. */
  String member() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The result of a method; empty when it is not one of this feature. */
  Optional<ObjectNode> answer(String method, JsonNode params, boolean modern) throws Refusal {
    if (method.equals(member() + "/list")) {
      return Optional.of(listed(params));
    }
    if (this == RESOURCES && method.equals("resources/templates/list")) {
      refuseCursor(params);
      ObjectNode result = Messages.object();
      result.putArray("resourceTemplates");
      return Optional.of(result);
    }
    if (!method.equals(use)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (this) {
          case TOOLS -> call(params);
          case PROMPTS -> get(params);
          case RESOURCES -> read(params, modern);
        });
  }

  private static void refuseCursor(JsonNode params) throws Refusal {
    if (params.has("cursor")) {
      throw new Refusal(Answer.INVALID_PARAMS, "unknown cursor");
    }
  }

  private ObjectNode listed(JsonNode params) throws Refusal {
    refuseCursor(params);
    ObjectNode result = Messages.object();
    ObjectNode entry = result.putArray(member()).addObject();
    switch (this) {
      case TOOLS -> {
        entry.put("name", "now").putObject("inputSchema").put("type", "object");
        entry.putObject("annotations").put("readOnlyHint", true);
      }
      case PROMPTS ->
          entry
              .put("name", "greet")
              .putArray("arguments")
              .addObject()
              .put("name", "who")
              .put("required", true);
      case RESOURCES -> entry.put("uri", ADDRESS).put("name", "greeting");
    }
    return result;
  }

  private static ObjectNode call(JsonNode params) throws Refusal {
    if (!params.path("name").asString("").equals("now")) {
      throw new Refusal(Answer.INVALID_PARAMS, "unknown tool");
    }
    ObjectNode result = Messages.object();
    result.putArray("content").addObject().put("type", "text").put("text", "now");
    return result;
  }

  private static ObjectNode get(JsonNode params) throws Refusal {
    if (!params.path("name").asString("").equals("greet")) {
      throw new Refusal(Answer.INVALID_PARAMS, "unknown prompt");
    }
    JsonNode who = params.path("arguments").path("who");
    if (!who.isString()) {
      throw new Refusal(Answer.INVALID_PARAMS, "who is missing");
    }
    ObjectNode result = Messages.object();
    ObjectNode message = result.putArray("messages").addObject().put("role", "user");
    message.putObject("content").put("type", "text").put("text", "Greet " + who.stringValue());
    return result;
  }

  private static ObjectNode read(JsonNode params, boolean modern) throws Refusal {
    if (!params.path("uri").asString("").equals(ADDRESS)) {
      throw new Refusal(modern ? Answer.INVALID_PARAMS : NOT_FOUND_BEFORE_2026, "no such resource");
    }
    ObjectNode result = Messages.object();
    result.putArray("contents").addObject().put("uri", ADDRESS).put("text", "Hello");
    return result;
  }
}

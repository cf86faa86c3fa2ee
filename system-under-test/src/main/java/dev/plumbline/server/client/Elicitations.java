package dev.plumbline.server.client;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers to elicitations that need no person. */
public final class Elicitations {
  private Elicitations() {}

  /** Declines whatever is asked. */
  public static ObjectNode decline(ObjectNode params) {
    return JsonNodeFactory.instance.objectNode().put("action", "decline");
  }

  /**
   * Accepts a form with its defaults (2025-11-25 client/elicitation); where a required field has
   * none, and for addresses to visit, declines.
   */
  public static ObjectNode acceptDefaults(ObjectNode params) {
    JsonNode schema = params.path("requestedSchema");
    if (!schema.isObject()) {
      return decline(params);
    }
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode value = field.getValue().get("default");
      if (value != null) {
        content.set(field.getKey(), value);
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (!content.has(name.asString(""))) {
        return decline(params);
      }
    }
    ObjectNode accepted = JsonNodeFactory.instance.objectNode().put("action", "accept");
    accepted.set("content", content);
    return accepted;
  }
}

package dev.plumbline.server.feature;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt template.
 *
 * @param definition as prompts/list shows it: name, description, arguments
 * @param messages the messages for given arguments
 */
public record Prompt(ObjectNode definition, Function<Map<String, String>, ArrayNode> messages) {
  /** The unique name. */
  public String name() {
    return definition.path("name").asString();
  }
}

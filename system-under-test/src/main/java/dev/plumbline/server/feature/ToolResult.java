package dev.plumbline.server.feature;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool call gave.
 *
 * @param content content blocks
 * @param structured the structured result, or null
 * @param error true for a tool execution error
 */
public record ToolResult(ArrayNode content, @Nullable ObjectNode structured, boolean error) {
  /** One block of text. */
  public static ToolResult text(String text) {
    return new ToolResult(textBlock(text), null, false);
  }

  /** A tool execution error that says what to do. */
  public static ToolResult failure(String text) {
    return new ToolResult(textBlock(text), null, true);
  }

  /** A structured result and its serialized form as text, for clients that read only text. */
  public static ToolResult structured(ObjectNode value) {
    return new ToolResult(textBlock(value.toString()), value, false);
  }

  ObjectNode toJson() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("content", content);
    if (structured != null) {
      result.set("structuredContent", structured);
    }
    result.put("isError", error);
    return result;
  }

  private static ArrayNode textBlock(String text) {
    ArrayNode blocks = JsonNodeFactory.instance.arrayNode(1);
    blocks.addObject().put("type", "text").put("text", text);
    return blocks;
  }
}

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
 * @param course how it went
 */
public record ToolResult(ArrayNode content, @Nullable ObjectNode structured, Course course) {
  /** How a call went. */
  public enum Course {
    /** The tool did what it should. */
    WELL,
    /** A tool execution error, of which the tool knows. */
    ERROR,
    /** The tool itself is broken: for its client the same error, for its breaker a failure. */
    BROKEN
  }

  /** True for a tool execution error. */
  public boolean error() {
    return course != Course.WELL;
  }

  /** One block of text. */
  public static ToolResult text(String text) {
    return new ToolResult(textBlock(text), null, Course.WELL);
  }

  /** A tool execution error that says what to do. */
  public static ToolResult failure(String text) {
    return new ToolResult(textBlock(text), null, Course.ERROR);
  }

  /** The tool threw something; its client is told no more than this text. */
  public static ToolResult broken(String text) {
    return new ToolResult(textBlock(text), null, Course.BROKEN);
  }

  /** A structured result and its serialized form as text, for clients that read only text. */
  public static ToolResult structured(ObjectNode value) {
    return new ToolResult(textBlock(value.toString()), value, Course.WELL);
  }

  ObjectNode toJson() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("content", content);
    if (structured != null) {
      result.set("structuredContent", structured);
    }
    result.put("isError", error());
    return result;
  }

  private static ArrayNode textBlock(String text) {
    ArrayNode blocks = JsonNodeFactory.instance.arrayNode(1);
    blocks.addObject().put("type", "text").put("text", text);
    return blocks;
  }
}

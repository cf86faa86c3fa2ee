package dev.plumbline.server.feature;

import tools.jackson.databind.node.ObjectNode;

/**
 * A tool.
 *
 * @param definition as tools/list shows it: name, title, description, schemas, annotations
 * @param body what it does with arguments that fit its inputSchema
 */
public record Tool(ObjectNode definition, Body body) {
  /** What a tool does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs on a virtual thread; may block.
     *
     * @throws InterruptedException when the request was cancelled or its deadline passed
     */
    ToolResult call(ObjectNode arguments) throws InterruptedException;
  }

  /** The unique name. */
  public String name() {
    return definition.path("name").asString();
  }

  /** The schema of the arguments. */
  public ObjectNode inputSchema() {
    return (ObjectNode) definition.path("inputSchema");
  }
}

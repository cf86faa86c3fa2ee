package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool.
 *
 * @param definition as tools/list shows it: name, title, description, schemas, annotations
 * @param body what it does with arguments that fit its inputSchema
 * @param tasks whether its calls can become tasks
 */
public record Tool(ObjectNode definition, Body body, TaskSupport tasks) {
  /** A tool whose calls never become tasks. */
  public Tool(ObjectNode definition, Body body) {
    this(definition, body, TaskSupport.FORBIDDEN);
  }

  /** What a tool does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs on a virtual thread; may block.
     *
     * @throws RpcException to answer with a protocol error
     * @throws InterruptedException when the request was cancelled or its deadline passed
     */
    ToolResult call(Context context, ObjectNode arguments)
        throws RpcException, InterruptedException;
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

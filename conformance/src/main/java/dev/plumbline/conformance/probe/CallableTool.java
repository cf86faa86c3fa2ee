package dev.plumbline.conformance.probe;

import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that may be called, and what to call it with.
 *
 * @param tool the tool
 * @param arguments arguments that satisfy its input schema
 */
public record CallableTool(ToolInfo tool, ObjectNode arguments) {

  /** The parameters of {@code tools/call}: name and arguments; a fresh object each time. */
  public ObjectNode params() {
    ObjectNode params = dev.plumbline.conformance.wire.Messages.object();
    params.put("name", tool.name());
    params.set("arguments", arguments.deepCopy());
    return params;
  }
}

package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool.
 *
 * @param definition as tools/list shows it: name, title, description, schemas, annotations
 * @param body what it does with arguments that fit its inputSchema
 * @param tasks whether its calls can become tasks
 * @param input decides which arguments fit
 * @param output decides which structured results fit; null when the tool promises nothing
 */
public record Tool(
    ObjectNode definition, Body body, TaskSupport tasks, Schema input, @Nullable Schema output) {
  /** Tools page, tool names. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

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

  /**
   * A body in two parts: what has to be asked before the call can become a task, and the rest
   * (extension page, task creation: multiple round trips come before the task).
   *
   * @param opening the first part
   */
  public record Staged(Opening opening) implements Body {
    /** The first part. */
    @FunctionalInterface
    public interface Opening {
      /** Asks; gives the rest of the work. Runs again from its beginning after each round trip. */
      Body prepare(Context context, ObjectNode arguments) throws RpcException, InterruptedException;
    }

    @Override
    public ToolResult call(Context context, ObjectNode arguments)
        throws RpcException, InterruptedException {
      return opening.prepare(context, arguments).call(context, arguments);
    }
  }

  /** A tool whose calls never become tasks. */
  public Tool(ObjectNode definition, Body body) {
    this(definition, body, TaskSupport.FORBIDDEN);
  }

  /**
   * A tool whose schemas are compiled here.
   *
   * @throws IllegalArgumentException when the name or a schema is not lawful
   */
  public Tool(ObjectNode definition, Body body, TaskSupport tasks) {
    this(definition, body, tasks, input(definition), output(definition));
  }

  /** The unique name. */
  public String name() {
    return definition.path("name").asString();
  }

  /** The schema of the arguments. */
  public ObjectNode inputSchema() {
    return (ObjectNode) definition.path("inputSchema");
  }

  private static Schema input(ObjectNode definition) {
    String name = definition.path("name").asString("");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "tool name \"" + name + "\" is not 1 to 128 characters of A-Z a-z 0-9 _ . -");
    }
    JsonNode schema = definition.path("inputSchema");
    if (!schema.path("type").asString("").equals("object")) {
      throw new IllegalArgumentException(
          "tool " + name + ": inputSchema must be an object of type object");
    }
    try {
      var _ = HeaderAnnotations.of(schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool " + name + ": " + e.getMessage(), e);
    }
    return compile(name, "inputSchema", schema);
  }

  private static @Nullable Schema output(ObjectNode definition) {
    JsonNode schema = definition.get("outputSchema");
    return schema == null
        ? null
        : compile(definition.path("name").asString(), "outputSchema", schema);
  }

  private static Schema compile(String name, String member, JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      throw new IllegalArgumentException("tool " + name + ": " + member + " must be an object");
    }
    try {
      return Schema.compile(object);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool " + name + ": " + member + ": " + e.getMessage(), e);
    }
  }
}

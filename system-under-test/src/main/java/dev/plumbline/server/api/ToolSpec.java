package dev.plumbline.server.api;

import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.feature.ToolResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tool is shown, and what goes in and out.
 *
 * @param <A> its arguments
 * @param <R> its result
 */
public final class ToolSpec<A, R> extends Spec<ToolSpec<A, R>> {
  private final ValueShape arguments;
  private final @Nullable RecordShape result;
  private TaskSupport tasks;

  private ToolSpec(
      ObjectNode members, ValueShape arguments, @Nullable RecordShape result, TaskSupport tasks) {
    super(members);
    this.arguments = arguments;
    this.result = result;
    this.tasks = tasks;
  }

  /**
   * A tool without arguments.
   *
   * @param name 1 to 128 characters of A-Z a-z 0-9 _ . -
   */
  public static ToolSpec<NoArguments, Object> named(String name, String description) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.put("name", name).put("description", description);
    RecordShape none = RecordShape.of(NoArguments.class);
    members.set("inputSchema", none.schema(true));
    return new ToolSpec<>(members, none, null, TaskSupport.FORBIDDEN);
  }

  @Override
  ToolSpec<A, R> self() {
    return this;
  }

  /**
   * The arguments, as a record; the schema is derived.
   *
   * @throws IllegalArgumentException in one line, when the record holds what JSON cannot
   */
  public <B extends Record> ToolSpec<B, R> arguments(Class<B> type) {
    RecordShape shape = RecordShape.of(type);
    members.set("inputSchema", shape.schema(true));
    return new ToolSpec<>(members, shape, result, tasks);
  }

  /** The arguments as they are, under a schema of one's own. */
  public ToolSpec<ObjectNode, R> arguments(ObjectNode schema) {
    members.set("inputSchema", schema);
    return new ToolSpec<>(members, Shapes.of(ObjectNode.class, 0), result, tasks);
  }

  /** Promises a structured result; the schema is derived. */
  public <S extends Record> ToolSpec<A, S> returns(Class<S> type) {
    RecordShape shape = RecordShape.of(type);
    members.set("outputSchema", shape.schema(false));
    return new ToolSpec<>(members, arguments, shape, tasks);
  }

  /** Hints whether the tool changes nothing. */
  public ToolSpec<A, R> readOnly(boolean readOnly) {
    return hint("readOnlyHint", readOnly);
  }

  /** Hints whether what the tool changes may be lost by it. */
  public ToolSpec<A, R> destructive(boolean destructive) {
    return hint("destructiveHint", destructive);
  }

  /** Hints whether calling twice is the same as calling once. */
  public ToolSpec<A, R> idempotent(boolean idempotent) {
    return hint("idempotentHint", idempotent);
  }

  /** Hints whether the tool reaches beyond the server's own world. */
  public ToolSpec<A, R> openWorld(boolean open) {
    return hint("openWorldHint", open);
  }

  /** Says whether its calls can become tasks. */
  public ToolSpec<A, R> tasks(TaskSupport support) {
    this.tasks = support;
    return this;
  }

  private ToolSpec<A, R> hint(String name, boolean value) {
    members.withObjectProperty("annotations").put(name, value);
    return this;
  }

  /** The tool with its handler. */
  Tool with(ToolHandler<? super A, ? extends R> handler) {
    String name = members.path("name").asString();
    return new Tool(
        definition(),
        (context, given) -> {
          Object bound;
          try {
            bound = arguments.read(given);
          } catch (Mismatch e) {
            return ToolResult.failure(e.in("arguments"));
          }
          @SuppressWarnings("unchecked") // the shape reads what the type variable says
          A typed = (A) bound;
          return Results.of(name, result, () -> handler.handle(typed, new Call(context)));
        },
        tasks);
  }

  /** The tool with its handler in two parts. */
  Tool staged(StagedHandler<A> handler) {
    String name = members.path("name").asString();
    Tool.Staged.Opening opening =
        (context, given) -> {
          try {
            @SuppressWarnings("unchecked") // the shape reads what the type variable says
            A typed = (A) arguments.read(given);
            ToolHandler<A, ?> rest = handler.open(typed, new Call(context));
            return (later, _) ->
                Results.of(name, result, () -> rest.handle(typed, new Call(later)));
          } catch (Mismatch e) {
            return failing(e.in("arguments"));
          } catch (ToolFailure e) {
            return failing(String.valueOf(e.getMessage()));
          }
        };
    return new Tool(definition(), new Tool.Staged(opening), tasks);
  }

  private static Tool.Body failing(String text) {
    return (_, _) -> ToolResult.failure(text);
  }
}

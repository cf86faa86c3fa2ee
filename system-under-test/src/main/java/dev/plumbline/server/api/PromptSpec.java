package dev.plumbline.server.api;

import dev.plumbline.server.feature.Completion;
import dev.plumbline.server.feature.Prompt;
import dev.plumbline.server.protocol.RpcException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a prompt is shown, and what goes in.
 *
 * @param <A> its arguments: a map of texts, or a record
 */
public final class PromptSpec<A> extends Spec<PromptSpec<A>> {
  /** From the texts of a request to the arguments. */
  private interface Binding<A> {
    A bind(Map<String, String> given) throws Mismatch;
  }

  private final Binding<A> binding;
  private final Map<String, Completion> completions;

  private PromptSpec(ObjectNode members, Binding<A> binding, Map<String, Completion> completions) {
    super(members);
    this.binding = binding;
    this.completions = completions;
  }

  /** A prompt; its arguments are named one by one. */
  public static PromptSpec<Map<String, String>> named(String name, String description) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a prompt needs a name");
    }
    return new PromptSpec<>(
        JsonNodeFactory.instance.objectNode().put("name", name).put("description", description),
        given -> given,
        new HashMap<>());
  }

  @Override
  PromptSpec<A> self() {
    return this;
  }

  /** Adds an argument that must be given. */
  public PromptSpec<A> required(String name, String description) {
    return argument(name, description, true);
  }

  /** Adds an argument that may be left out. */
  public PromptSpec<A> optional(String name, String description) {
    return argument(name, description, false);
  }

  private PromptSpec<A> argument(String name, String description, boolean required) {
    if (has(name)) {
      throw new IllegalArgumentException("argument " + name + " is declared twice");
    }
    ObjectNode argument = members.withArrayProperty("arguments").addObject().put("name", name);
    if (!description.isEmpty()) {
      argument.put("description", description);
    }
    argument.put("required", required);
    return this;
  }

  private boolean has(String name) {
    return members
        .path("arguments")
        .valueStream()
        .anyMatch(argument -> argument.path("name").asString().equals(name));
  }

  /**
   * The arguments, as a record of texts and enums, Optional or not; enums complete themselves.
   *
   * @throws IllegalArgumentException in one line, when a component is anything else
   */
  public <B extends Record> PromptSpec<B> arguments(Class<B> type) {
    RecordShape shape = RecordShape.of(type);
    members.remove("arguments");
    for (Field field : shape.fields()) {
      ObjectNode schema = field.schema(true);
      if (!schema.path("type").asString("").equals("string")) {
        throw new IllegalArgumentException(
            type.getSimpleName() + "." + field.name() + " is not a text; prompt arguments are");
      }
      argument(field.name(), schema.path("description").asString(""), field.required());
      if (field.shape() instanceof EnumShape choice) {
        completions.put(field.name(), (typed, _) -> starting(choice.names(), typed));
      }
    }
    return new PromptSpec<>(members, given -> bound(type, shape, given), completions);
  }

  private static <B> B bound(Class<B> type, RecordShape shape, Map<String, String> given)
      throws Mismatch {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    given.forEach(object::put);
    return type.cast(shape.read(object));
  }

  private static List<String> starting(Iterable<String> names, String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return StreamSupport.stream(names.spliterator(), false)
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(lower))
        .toList();
  }

  /** Suggests values for an argument. */
  public PromptSpec<A> complete(String argument, Completion completion) {
    if (!has(argument)) {
      throw new IllegalArgumentException("there is no argument " + argument);
    }
    completions.put(argument, completion);
    return this;
  }

  Prompt with(PromptHandler<? super A> handler) {
    return new Prompt(
        definition(),
        (context, given) -> {
          try {
            return messages(handler.write(binding.bind(given), new Call(context)));
          } catch (Mismatch e) {
            throw RpcException.invalidParams(e.in("arguments"));
          }
        },
        completions);
  }

  private static ArrayNode messages(Object written) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    List<?> all = written instanceof List<?> list ? list : List.of(written);
    for (Object each : all) {
      PromptMessage message =
          switch (each) {
            case PromptMessage given -> given;
            case String text -> PromptMessage.user(text);
            default ->
                throw new IllegalStateException(
                    each.getClass().getSimpleName() + " is no prompt message");
          };
      JsonNode content = message.content().json();
      messages.addObject().put("role", message.role()).set("content", content);
    }
    return messages;
  }
}

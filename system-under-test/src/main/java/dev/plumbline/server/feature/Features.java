package dev.plumbline.server.feature;

import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.uri.Uri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The feature methods over one catalogue; results are the same in both eras before shaping. */
public final class Features {
  private final Offerings offerings;
  private final Cursors cursors;
  private final Bounds bounds;

  /**
   * What holds for everything that runs.
   *
   * @param tools how many tools run at once
   * @param others how many handlers of resources, prompts and completions do
   * @param guards leaves tools alone that keep failing
   */
  public record Bounds(RolePermits tools, RolePermits others, ToolGuards guards) {}

  /** The features of what is offered. */
  public Features(Offerings offerings, Cursors cursors, Bounds bounds) {
    this.offerings = offerings;
    this.cursors = cursors;
    this.bounds = bounds;
  }

  /** What is offered now. */
  public Catalog catalog() {
    return offerings.catalog();
  }

  /** What is offered, and its changes. */
  public Offerings offerings() {
    return offerings;
  }

  /** The same features over another catalogue; cursors stay valid. */
  public Features over(Catalog other) {
    return new Features(new Offerings(other, offerings.pageSize()), cursors, bounds);
  }

  /** The methods both eras share, by name. */
  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("tools/list", this::listTools);
    methods.put("tools/call", this::callTool);
    methods.put("resources/list", this::listResources);
    methods.put("resources/templates/list", this::listTemplates);
    methods.put("resources/read", bounded(this::readResource));
    methods.put("prompts/list", this::listPrompts);
    methods.put("prompts/get", bounded(this::getPrompt));
    methods.put("completion/complete", bounded(new Completions(offerings)));
    return methods;
  }

  /** What runs a handler that has no role of its own has the default one (C6). */
  private Method bounded(Method method) {
    return (context, params) -> {
      RolePermits permits = bounds.others();
      if (!permits.tryTake()) {
        throw new RpcException(permits.refusal().error());
      }
      try {
        return method.call(context, params);
      } finally {
        permits.giveBack();
      }
    };
  }

  /** Answers tools/list. */
  public ObjectNode listTools(Context context, ObjectNode params) throws RpcException {
    return page("tools", catalog().tools(), Tool::definition, params);
  }

  private ObjectNode listResources(Context context, ObjectNode params) throws RpcException {
    return page("resources", catalog().resources(), Resource::definition, params);
  }

  private ObjectNode listTemplates(Context context, ObjectNode params) throws RpcException {
    return page("resourceTemplates", catalog().templates(), ResourceTemplate::definition, params);
  }

  private ObjectNode listPrompts(Context context, ObjectNode params) throws RpcException {
    return page("prompts", catalog().prompts(), Prompt::definition, params);
  }

  private <T> ObjectNode page(
      String list, List<T> items, Function<T, ObjectNode> definition, ObjectNode params)
      throws RpcException {
    int from = offset(list, items.size(), params.get("cursor"));
    int to = Math.min(items.size(), from + offerings.pageSize());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = result.putArray(list);
    for (T item : items.subList(from, to)) {
      // A copy: whoever shapes a result may change it.
      shown.add(definition.apply(item).deepCopy());
    }
    if (to < items.size()) {
      result.put("nextCursor", cursors.issue(list, to));
    }
    return result;
  }

  private int offset(String list, int size, @Nullable JsonNode cursor) throws RpcException {
    if (cursor == null) {
      return 0;
    }
    OptionalInt offset =
        cursor.isString() ? cursors.verify(list, cursor.stringValue()) : OptionalInt.empty();
    if (offset.isEmpty() || offset.getAsInt() >= size) {
      throw RpcException.invalidParams("unknown cursor");
    }
    return offset.getAsInt();
  }

  private ObjectNode callTool(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    String name = Params.text(params, "name");
    Tool tool = catalog().tool(name);
    if (tool == null) {
      throw RpcException.invalidParams("unknown tool " + name);
    }
    return call(tool, tool.body(), context, params);
  }

  /** Runs a body, or a part of it, with the arguments of a call, under the rules of its tool. */
  public ObjectNode call(Tool tool, Tool.Body body, Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    JsonNode given = params.path("arguments");
    if (!given.isMissingNode() && !given.isObject()) {
      throw RpcException.invalidParams("arguments must be an object");
    }
    ObjectNode arguments =
        given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    // Tools page, error handling: arguments that miss the schema are a tool execution error.
    Optional<String> problem = tool.input().problem(arguments, "arguments");
    if (problem.isPresent()) {
      return ToolResult.failure(problem.get()).toJson();
    }
    return bounds
        .guards()
        .run(tool, () -> permitted(() -> traced(tool, body, context, arguments)))
        .toJson();
  }

  private ToolResult permitted(ToolGuards.Work work) throws RpcException, InterruptedException {
    RolePermits permits = bounds.tools();
    if (!permits.tryTake()) {
      // R129.
      throw new RpcException(
          permits.refusal().saying("Too many concurrent tool executions").error());
    }
    try {
      return work.run();
    } finally {
      permits.giveBack();
    }
  }

  private static ToolResult traced(Tool tool, Tool.Body body, Context context, ObjectNode arguments)
      throws RpcException, InterruptedException {
    try (RequestSpan span = Spans.tool(context.method(), tool.name())) {
      ToolResult result = promised(tool, body.call(context, arguments));
      if (result.error()) {
        Spans.toolFailed(span);
      }
      return result;
    }
  }

  /** Tools page, output schema: a structured result must conform to what was promised. */
  private static ToolResult promised(Tool tool, ToolResult result) {
    Schema output = tool.output();
    if (output == null || result.error()) {
      return result;
    }
    Optional<String> problem =
        result.structured() == null
            ? Optional.of("structuredContent is missing")
            : output.problem(result.structured(), "structuredContent");
    if (problem.isEmpty()) {
      return result;
    }
    Log.line("tool " + tool.name() + " broke its outputSchema");
    return ToolResult.failure("the tool gave a result that does not fit its outputSchema");
  }

  private ObjectNode readResource(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("contents").addAll(contents(context, Params.uri(params)));
    return result;
  }

  private List<ObjectNode> contents(Context context, Uri asked)
      throws RpcException, InterruptedException {
    String uri = asked.text();
    Resource resource = catalog().resource(asked);
    if (resource != null) {
      Spans.resource(uri);
      return resource.reader().read(context);
    }
    for (ResourceTemplate template : catalog().templates()) {
      Optional<Map<String, String>> variables = template.uris().match(uri);
      if (variables.isPresent()) {
        Optional<List<ObjectNode>> found = template.reader().read(context, uri, variables.get());
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw RpcException.resourceNotFound(uri);
  }

  private ObjectNode getPrompt(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    String name = Params.text(params, "name");
    Prompt prompt = catalog().prompt(name);
    if (prompt == null) {
      throw RpcException.invalidParams("unknown prompt " + name);
    }
    Spans.prompt(context.method(), name);
    Map<String, String> arguments = Params.strings(params.path("arguments"), "arguments");
    for (JsonNode argument : prompt.definition().path("arguments")) {
      String wanted = argument.path("name").asString();
      if (argument.path("required").asBoolean(false) && !arguments.containsKey(wanted)) {
        throw RpcException.invalidParams("prompt " + name + " needs the argument " + wanted);
      }
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    JsonNode description = prompt.definition().get("description");
    if (description != null) {
      result.set("description", description);
    }
    result.set("messages", prompt.body().messages(context, arguments));
    return result;
  }
}

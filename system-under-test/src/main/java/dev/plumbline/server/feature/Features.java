package dev.plumbline.server.feature;

import dev.plumbline.server.limit.Permits;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  /** Items per page; small, so that pagination is real. */
  public static final int PAGE_SIZE = 4;

  private final Offerings offerings;
  private final Cursors cursors;
  private final Permits toolPermits;

  /** The features of what is offered. */
  public Features(Offerings offerings, Cursors cursors, Permits toolPermits) {
    this.offerings = offerings;
    this.cursors = cursors;
    this.toolPermits = toolPermits;
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
    return new Features(new Offerings(other), cursors, toolPermits);
  }

  /** The methods both eras share, by name. */
  public Map<String, Method> methods() {
    Map<String, Method> methods = new HashMap<>();
    methods.put("tools/list", this::listTools);
    methods.put("tools/call", this::callTool);
    methods.put("resources/list", this::listResources);
    methods.put("resources/templates/list", this::listTemplates);
    methods.put("resources/read", this::readResource);
    methods.put("prompts/list", this::listPrompts);
    methods.put("prompts/get", this::getPrompt);
    return methods;
  }

  /** Answers tools/list. */
  public ObjectNode listTools(Context context, ObjectNode params) throws RpcException {
    return page("tools", catalog().tools(), Tool::definition, params);
  }

  private ObjectNode listResources(Context context, ObjectNode params) throws RpcException {
    return page("resources", catalog().resources(), Resource::definition, params);
  }

  private ObjectNode listTemplates(Context context, ObjectNode params) throws RpcException {
    return page("resourceTemplates", List.<ObjectNode>of(), item -> item, params);
  }

  private ObjectNode listPrompts(Context context, ObjectNode params) throws RpcException {
    return page("prompts", catalog().prompts(), Prompt::definition, params);
  }

  private <T> ObjectNode page(
      String list, List<T> items, Function<T, ObjectNode> definition, ObjectNode params)
      throws RpcException {
    int from = offset(list, items.size(), params.get("cursor"));
    int to = Math.min(items.size(), from + PAGE_SIZE);
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
    String name = text(params, "name");
    Tool tool = catalog().tool(name);
    if (tool == null) {
      throw RpcException.invalidParams("unknown tool " + name);
    }
    JsonNode given = params.path("arguments");
    if (!given.isMissingNode() && !given.isObject()) {
      throw RpcException.invalidParams("arguments must be an object");
    }
    ObjectNode arguments =
        given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    // Tools page, error handling: arguments that miss the schema are a tool execution error.
    Optional<String> problem = ArgumentCheck.problem(tool.inputSchema(), arguments, "arguments");
    if (problem.isPresent()) {
      return ToolResult.failure(problem.get()).toJson();
    }
    if (!toolPermits.tryTake()) {
      throw new RpcException(RpcError.of(ErrorCode.OVERLOADED));
    }
    try {
      return tool.body().call(context, arguments).toJson();
    } finally {
      toolPermits.giveBack();
    }
  }

  private ObjectNode readResource(Context context, ObjectNode params) throws RpcException {
    String uri = text(params, "uri");
    Resource resource = catalog().resource(uri);
    if (resource == null) {
      throw new RpcException(
          RpcError.of(ErrorCode.RESOURCE_NOT_FOUND)
              .with(JsonNodeFactory.instance.objectNode().put("uri", uri)));
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("contents").add(resource.contents().deepCopy());
    return result;
  }

  private ObjectNode getPrompt(Context context, ObjectNode params) throws RpcException {
    String name = text(params, "name");
    Prompt prompt = catalog().prompt(name);
    if (prompt == null) {
      throw RpcException.invalidParams("unknown prompt " + name);
    }
    Map<String, String> arguments = promptArguments(params.path("arguments"));
    for (JsonNode argument : prompt.definition().path("arguments")) {
      String wanted = argument.path("name").asString();
      if (argument.path("required").asBoolean(false) && !arguments.containsKey(wanted)) {
        throw RpcException.invalidParams("prompt " + name + " needs the argument " + wanted);
      }
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("description", prompt.definition().path("description").asString());
    result.set("messages", prompt.messages().apply(arguments));
    return result;
  }

  private static Map<String, String> promptArguments(JsonNode given) throws RpcException {
    if (!given.isMissingNode() && !given.isObject()) {
      throw RpcException.invalidParams("arguments must be an object");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> argument : given.properties()) {
      if (!argument.getValue().isString()) {
        throw RpcException.invalidParams("argument " + argument.getKey() + " must be a string");
      }
      arguments.put(argument.getKey(), argument.getValue().stringValue());
    }
    return arguments;
  }

  private static String text(ObjectNode params, String member) throws RpcException {
    JsonNode value = params.path(member);
    if (!value.isString()) {
      throw RpcException.invalidParams(member + " must be a string");
    }
    return value.stringValue();
  }
}

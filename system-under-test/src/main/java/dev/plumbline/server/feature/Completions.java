package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The method completion/complete. */
final class Completions implements Method {
  /** Completion page, completion results. */
  private static final int MAX_VALUES = 100;

  private static final Completion NONE = (_, _) -> List.of();

  private final Offerings offerings;

  Completions(Offerings offerings) {
    this.offerings = offerings;
  }

  @Override
  public ObjectNode call(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    JsonNode argument = params.path("argument");
    String name = Params.text(argument, "name");
    String typed = Params.text(argument, "value");
    Map<String, String> resolved =
        Params.strings(params.path("context").path("arguments"), "context.arguments");
    List<String> values = completion(params.path("ref"), name).complete(typed, resolved);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ObjectNode completion = result.putObject("completion");
    ArrayNode shown = completion.putArray("values");
    values.stream().limit(MAX_VALUES).forEach(shown::add);
    completion.put("total", values.size()).put("hasMore", values.size() > MAX_VALUES);
    return result;
  }

  private Completion completion(JsonNode ref, String argument) throws RpcException {
    Catalog catalog = offerings.catalog();
    String type = Params.text(ref, "type");
    return switch (type) {
      case "ref/prompt" -> {
        Prompt prompt = catalog.prompt(Params.text(ref, "name"));
        if (prompt == null) {
          throw RpcException.invalidParams("unknown prompt " + Params.text(ref, "name"));
        }
        Set<String> known = new HashSet<>();
        prompt.definition().path("arguments").forEach(a -> known.add(a.path("name").asString()));
        yield among(known, prompt.completions(), argument);
      }
      case "ref/resource" -> {
        String uri = Params.text(ref, "uri");
        ResourceTemplate template = catalog.template(uri);
        if (template == null && catalog.resource(uri) == null) {
          throw RpcException.invalidParams("unknown resource " + uri);
        }
        yield template == null
            ? NONE
            : among(Set.copyOf(template.uris().variables()), template.completions(), argument);
      }
      default -> throw RpcException.invalidParams("unknown reference type " + type);
    };
  }

  private static Completion among(
      Set<String> known, Map<String, Completion> completions, String argument) throws RpcException {
    if (!known.contains(argument)) {
      throw RpcException.invalidParams("unknown argument " + argument);
    }
    return completions.getOrDefault(argument, NONE);
  }
}

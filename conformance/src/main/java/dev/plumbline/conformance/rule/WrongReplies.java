package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of a client that a server must be ready for: refusals, mistakes, models in a loop. */
public final class WrongReplies {
  /** A number where a text belongs; nobody else says it. */
  public static final long NUMBER = 9_081_726_354L;

  private static final String ELICIT = "elicitation/create";
  private static final String SAMPLE = "sampling/createMessage";

  private WrongReplies() {}

  /** Answers to all of the requests with one defect each, by the label they are sent under. */
  public static Map<String, ObjectNode> to(JsonNode requests) {
    Map<String, ObjectNode> wrong = new LinkedHashMap<>();
    Optional<String> form = first(requests, WrongReplies::isForm);
    if (has(requests, ELICIT)) {
      wrong.put("user-declines", changed(requests, ELICIT, _ -> Replies.refused("decline")));
      wrong.put("user-cancels", changed(requests, ELICIT, _ -> Replies.refused("cancel")));
    }
    form.flatMap(key -> field(requests.path(key), true))
        .ifPresent(field -> wrong.put("form-number", formed(requests, c -> c.put(field, NUMBER))));
    form.flatMap(key -> field(requests.path(key), false))
        .ifPresent(
            field ->
                wrong.put(
                    "form-missing",
                    formed(
                        requests,
                        content -> {
                          content.remove(field);
                          return content;
                        })));
    if (has(requests, SAMPLE)) {
      wrong.put("sampled-system", changed(requests, SAMPLE, r -> r.put("role", "system")));
      wrong.put(
          "sampled-block",
          changed(
              requests,
              SAMPLE,
              reply -> {
                reply.putObject("content").put("type", "plumbline-unknown");
                return reply;
              }));
    }
    return wrong;
  }

  private static boolean isForm(JsonNode request) {
    return request.path("method").asString("").equals(ELICIT)
        && !request.path("params").path("mode").asString("form").equals("url");
  }

  private static boolean has(JsonNode requests, String method) {
    return first(requests, r -> r.path("method").asString("").equals(method)).isPresent();
  }

  private static Optional<String> first(
      JsonNode requests, java.util.function.Predicate<JsonNode> wanted) {
    return requests.properties().stream()
        .filter(request -> wanted.test(request.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A field that is a free text, or one that is required. */
  private static Optional<String> field(JsonNode form, boolean text) {
    JsonNode schema = form.path("params").path("requestedSchema");
    if (!text) {
      return schema.path("required").path(0).stringValueOpt();
    }
    return schema.path("properties").properties().stream()
        .filter(p -> p.getValue().path("type").asString("").equals("string"))
        .filter(p -> !p.getValue().has("enum") && !p.getValue().has("oneOf"))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Lawful answers, those to one method changed. */
  private static ObjectNode changed(
      JsonNode requests, String method, UnaryOperator<ObjectNode> change) {
    ObjectNode replies = Messages.object();
    requests
        .properties()
        .forEach(
            request ->
                Replies.to(request.getValue())
                    .map(
                        reply ->
                            request.getValue().path("method").asString("").equals(method)
                                ? change.apply(reply)
                                : reply)
                    .ifPresent(reply -> replies.set(request.getKey(), reply)));
    return replies;
  }

  /** Lawful answers, the content of every form changed. */
  private static ObjectNode formed(JsonNode requests, UnaryOperator<ObjectNode> change) {
    return changed(
        requests,
        ELICIT,
        reply -> {
          if (reply.path("content") instanceof ObjectNode content) {
            reply.set("content", change.apply(content));
          }
          return reply;
        });
  }

  // --- models that use tools -------------------------------------------------------------------

  /** The first tool that a sampling request offers. */
  public static Optional<JsonNode> withTools(JsonNode requests) {
    return requests.properties().stream()
        .map(Map.Entry::getValue)
        .filter(request -> request.path("method").asString("").equals(SAMPLE))
        .map(request -> request.path("params").path("tools").path(0))
        .filter(JsonNode::isObject)
        .findFirst();
  }

  /** The id of one of the two uses of a turn. */
  public static String useId(int turn, int use) {
    return "plumbline-use-" + turn + "-" + use;
  }

  /** A model that wants to use the offered tool twice; empty when none is offered any more. */
  public static Optional<ObjectNode> toolUse(JsonNode requests, int turn) {
    return withTools(requests)
        .map(
            tool ->
                changed(
                    requests,
                    SAMPLE,
                    reply -> {
                      ArrayNode uses = reply.putArray("content");
                      for (int use = 1; use <= 2; use++) {
                        ObjectNode block = uses.addObject().put("type", "tool_use");
                        block.put("id", useId(turn, use));
                        block.set("name", tool.path("name"));
                        block.set("input", Replies.content(tool.path("inputSchema")));
                      }
                      return reply.put("stopReason", "toolUse");
                    }));
  }
}

package dev.plumbline.server.mutant;

import dev.plumbline.server.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in what a server of the stateless era says besides its answers, and in what it asks. */
final class StatelessTalkMutants {
  private static final String CALL = "tools/call";

  private StatelessTalkMutants() {}

  static List<Mutant> all() {
    return List.of(
        // PROG-501
        Planting.statelessSays(
            "progress-token-as-text",
            CALL,
            request -> progress("\"" + token(request).asString("") + "\"", "0.5")),
        // PROG-503
        Planting.statelessSays(
            "progress-shrinks",
            CALL,
            request -> {
              String token = token(request).toString();
              List<String> said = new ArrayList<>(progress(token, "0.2"));
              said.addAll(progress(token, "0.1"));
              return said;
            }),
        // PROG-505, PROG-508
        Planting.statelessSays(
            "progress-of-nobody",
            "prompts/list",
            request ->
                request.params().has("cursor") ? List.of() : progress("\"plumbline-0\"", "99")),
        // LOGG-503
        Planting.statelessMethod(
            "log-unasked",
            CALL,
            (_, original) ->
                (context, params) -> {
                  if (!context.meta().has("io.modelcontextprotocol/logLevel")) {
                    context.tell(
                        "notifications/message",
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("level", "info")
                            .put("data", "unasked"));
                  }
                  return original.call(context, params);
                }),
        // LOGG-506
        Planting.statelessSays(
            "log-without-data",
            CALL,
            request ->
                request.params().path("_meta").has("io.modelcontextprotocol/logLevel")
                    ? log("\"\"")
                    : List.of()),
        // CANC-503, CANC-511
        Planting.statelessSays(
            "server-cancels-list",
            "prompts/list",
            request -> said("notifications/cancelled", "\"requestId\":" + id(request))),
        // SUBS-501
        Planting.statelessSays(
            "subscription-hears-prompts",
            "subscriptions/listen",
            request -> said("notifications/prompts/list_changed", tagged(request))),
        // SUBS-502, SUBS-503
        Planting.statelessSays(
            "change-before-acknowledgement",
            "subscriptions/listen",
            request -> said("notifications/tools/list_changed", tagged(request))),
        // BASE-555
        Planting.statelessSays(
            "change-without-subscription",
            "subscriptions/listen",
            _ -> said("notifications/tools/list_changed", "\"_meta\":{}")),
        // MRTR-504
        Planting.statelessResult(
            "completion-asks",
            "completion/complete",
            result -> result.put("resultType", "input_required").put("requestState", "x")),
        // MRTR-506
        question("question-of-unknown-kind", "", question -> question.put("method", "ping")),
        // MRTR-512
        Planting.statelessResult(
            "asks-for-nothing",
            CALL,
            result -> {
              result.remove("inputRequests");
              result.remove("requestState");
            }),
        // ELIC-501
        question(
            "form-asks-for-password-stateless",
            "elicitation/create",
            question ->
                question
                    .withObjectProperty("params")
                    .withObjectProperty("requestedSchema")
                    .withObjectProperty("properties")
                    .putObject("password")
                    .put("type", "string")),
        // SAMP-505
        question(
            "sampling-with-tools",
            "sampling/createMessage",
            question -> question.withObjectProperty("params").putArray("tools")),
        // SAMP-507
        question(
            "sampling-with-all-servers",
            "sampling/createMessage",
            question -> question.withObjectProperty("params").put("includeContext", "allServers")),
        // SAMP-513
        question(
            "sampling-role-system",
            "sampling/createMessage",
            question ->
                ((ObjectNode)
                        question.withObjectProperty("params").withArrayProperty("messages").get(0))
                    .put("role", "system")));
  }

  /** Spoils each question of that method that a called tool asks. */
  static Mutant question(String name, String method, Consumer<ObjectNode> spoil) {
    return Planting.statelessResult(
        name,
        CALL,
        result -> {
          for (Map.Entry<String, JsonNode> asked : result.path("inputRequests").properties()) {
            if (asked.getValue() instanceof ObjectNode question
                && question.path("method").asString("").startsWith(method)) {
              spoil.accept(question);
            }
          }
        });
  }

  private static JsonNode token(Message.Request request) {
    return request.params().path("_meta").path("progressToken");
  }

  private static List<String> progress(String token, String value) {
    return token.isEmpty() || token.equals("\"\"")
        ? List.of()
        : said("notifications/progress", "\"progressToken\":" + token + ",\"progress\":" + value);
  }

  private static List<String> log(String data) {
    return said("notifications/message", "\"level\":\"info\",\"data\":" + data);
  }

  private static String id(Message.Request request) {
    return switch (request.id()) {
      case dev.plumbline.server.protocol.RequestId.Text(var text) -> "\"" + text + "\"";
      case dev.plumbline.server.protocol.RequestId.Whole(var digits) -> digits;
    };
  }

  private static String tagged(Message.Request request) {
    return "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + id(request) + "}";
  }

  private static List<String> said(String method, String params) {
    return List.of(
        "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + "}}");
  }
}

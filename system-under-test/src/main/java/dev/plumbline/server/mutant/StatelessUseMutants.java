package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Meta;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in what is used of a client, and in what arguments and messages may do. */
final class StatelessUseMutants {
  private static final String CALL = "tools/call";
  private static final Pattern PRODUCT = Pattern.compile("\\$\\{(\\d{1,9})\\*(\\d{1,9})}");

  private StatelessUseMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-552
        asking(
            "asks-whoever-declared-nothing",
            "sampling",
            "{\"method\":\"sampling/createMessage\",\"params\":{\"maxTokens\":9,\"messages\":[{"
                + "\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"?\"}}]}}"),
        // ROOT-506
        asking("roots-wanted-undeclared", "roots", "{\"method\":\"roots/list\"}"),
        // BASE-553
        Planting.statelessError("missing-capability-untold", CALL, error -> error.remove("data")),
        // VERS-505
        Planting.statelessResult(
            "task-result-undeclared",
            CALL,
            result -> {
              if (result.path("content").toString().contains("Plumbline's bundled server")) {
                result.put("resultType", "task").put("taskId", "t").put("status", "working");
              }
            }),
        // LOGG-507
        Planting.statelessSays(
            "log-with-stack-trace",
            CALL,
            request ->
                request.params().path("_meta").has("io.modelcontextprotocol/logLevel")
                    ? List.of(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{"
                            + "\"level\":\"info\",\"data\":\"broken\\n\\tat a.b.C.d(C.java:1)\"}}")
                    : List.of()),
        // PROM-514
        Planting.statelessMethod("prompt-evaluates", "prompts/get", (_, m) -> evaluating(m)),
        // RES-517
        Planting.statelessMethod("resource-path-escapes", "resources/read", (_, m) -> escaping(m)),
        // PROM-513
        Planting.statelessMethod("prompt-get-unknown", "prompts/get", (_, m) -> unknown(m)),
        // TRAN-511
        Planting.statelessAnswer(
            "answers-in-ascii",
            (_, message, answer) ->
                message instanceof Message.Request && answer.body() instanceof Answer.Body.Rpc
                    ? answer.withBody(new Answer.Body.Raw(ascii(answer.bytes())))
                    : answer));
  }

  private static String ascii(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8).replaceAll("[^\\x00-\\x7f]", "?");
  }

  /** Asks where it ought to say which capability is missing. */
  private static Mutant asking(String name, String capability, String question) {
    return Planting.statelessAnswer(
        name,
        (_, message, answer) -> {
          boolean missing =
              message instanceof Message.Request request
                  && Meta.field(request.params(), Meta.CLIENT_CAPABILITIES) != null
                  && answer.failure().filter(error -> lacks(error, capability)).isPresent();
          if (!missing) {
            return answer;
          }
          ObjectNode tree = StatelessAnswers.tree(answer);
          tree.remove("error");
          ObjectNode result = tree.putObject("result");
          result.put("resultType", "input_required").put("requestState", "s");
          result.putObject("inputRequests").set("q", StatelessAnswers.tree(question));
          return answer.withStatus(200).withBody(new Answer.Body.Raw(tree.toString()));
        });
  }

  private static boolean lacks(RpcError error, String capability) {
    JsonNode data = error.data();
    return data != null && data.path("requiredCapabilities").has(capability);
  }

  private static Method evaluating(Method original) {
    return (context, params) -> {
      ObjectNode changed = params.deepCopy();
      ObjectNode arguments = changed.withObjectProperty("arguments");
      for (var argument : params.path("arguments").properties()) {
        Matcher found = PRODUCT.matcher(argument.getValue().asString(""));
        if (found.find()) {
          long value = Long.parseLong(found.group(1)) * Long.parseLong(found.group(2));
          arguments.put(argument.getKey(), "" + value);
        }
      }
      return original.call(context, changed);
    };
  }

  private static Method escaping(Method original) {
    return (context, params) -> {
      String uri = params.path("uri").asString("");
      if (uri.endsWith("../etc/passwd")) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result
            .putArray("contents")
            .addObject()
            .put("uri", uri)
            .put("text", "root:x:0:0:root:/root:/bin/sh");
        return result;
      }
      return original.call(context, params);
    };
  }

  private static Method unknown(Method original) {
    return (context, params) -> {
      if (params.path("arguments").isEmpty()) {
        throw new dev.plumbline.server.protocol.RpcException(
            RpcError.of(ErrorCode.METHOD_NOT_FOUND, "prompts/get"));
      }
      return original.call(context, params);
    };
  }
}

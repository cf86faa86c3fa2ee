package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.StatelessRule;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.Prompt;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in how mutated requests of the stateless era are met. */
final class StatelessMutationMutants {
  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String CALL = "tools/call";
  private static final String GET = "prompts/get";

  private StatelessMutationMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-511
        decoding("id-fraction-accepted", text -> text.replace("\"id\":1.5", "\"id\":15")),
        // BASE-512
        decoding("id-null-accepted", text -> text.replace("\"id\":null", "\"id\":0")),
        // TRAN-539
        decoding(
            "batch-accepted",
            text -> text.startsWith("[") ? text.substring(1, text.length() - 1) : text),
        // BASE-518
        Planting.statelessAnswer("error-without-id", (_, _, answer) -> nameless(answer)),
        // BASE-525
        Planting.statelessAnswer(
            "notification-answered",
            (_, message, answer) ->
                message instanceof Message.Notification
                    ? answer
                        .withStatus(200)
                        .withBody(
                            new Answer.Body.Raw("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}"))
                    : answer),
        // BASE-544
        refusing("reserved-key-refused", PREFIX + "plumbline"),
        // BASE-554, BASE-527
        Planting.statelessMethod("client-name-steers", "prompts/list", (_, m) -> steered(m)),
        // TOOL-510, PROM-505, RES-506, BASE-506
        Planting.statelessMethod("tools-come-and-go", "tools/list", (_, m) -> turns(m, "tools")),
        Planting.statelessMethod(
            "prompts-come-and-go", "prompts/list", (_, m) -> turns(m, "prompts")),
        Planting.statelessMethod(
            "resources-come-and-go", "resources/list", (_, m) -> turns(m, "resources")),
        // PAGE-504, BASE-528
        Planting.statelessMethod(
            "cursor-wears-out", "resources/list", (_, m) -> wearing(m, "resources")),
        // LOGG-505
        Planting.stateless(
            "log-level-unchecked",
            parts -> parts.withRule("meta-log-level", _ -> (_, _) -> Optional.empty())),
        // TOOL-515
        Planting.statelessMethod("tool-names-ignore-case", CALL, (p, m) -> caseless(p, m)),
        // TOOL-528, BASE-533, BASE-535
        Planting.statelessMethod("arguments-unchecked", CALL, (p, m) -> unchecked(p, m)),
        // PROM-502
        Planting.statelessMethod("unknown-prompt-broken-stateless", GET, (p, m) -> internal(p, m)),
        // PROM-510
        Planting.statelessMethod("prompt-arguments-optional", GET, (p, m) -> optional(p, m)),
        // PROM-511
        Planting.statelessMethod("prompt-arguments-as-text", GET, (_, m) -> asText(m)),
        // COMP-503
        Planting.statelessMethod(
            "completion-of-unknown-prompt", "completion/complete", (_, m) -> completing(m)),
        // COMP-505
        Planting.statelessMethod(
            "completion-of-number-as-text", "completion/complete", (_, m) -> numberAsText(m)),
        // RES-513
        Planting.statelessMethod("resource-uri-unchecked", "resources/read", (_, m) -> any(m)),
        // TRAN-509, TRAN-573
        name("name-marks-not-decoded", "=?base64?", false),
        // TRAN-571
        name("name-marks-in-upper-case", "=?BASE64?", true),
        // TRAN-599
        answeringSessions("session-id-answered"));
  }

  /** What only a server of this revision alone is asked: it lists no other. */
  private static Mutant answeringSessions(String name) {
    return Planting.stateless(
        name,
        parts ->
            parts
                .withShape(
                    Planting.spoiled(
                        parts.shape(),
                        "server/discover",
                        result -> {
                          var versions = result.withArrayProperty("supportedVersions");
                          while (versions.size() > 1) {
                            versions.remove(versions.size() - 1);
                          }
                        }))
                .withAnswers(
                    (in, _, answer) ->
                        in.headers().first("Mcp-Session-Id").isPresent()
                            ? answer.with("Mcp-Session-Id", "never-ends")
                            : answer));
  }

  static Mutant decoding(String name, UnaryOperator<String> change) {
    return new Mutant(
        name,
        parts ->
            new ServerParts(
                parts.headRules(),
                bytes ->
                    parts
                        .decoder()
                        .decode(
                            change
                                .apply(new String(bytes, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8)),
                parts.admission(),
                parts.selector(),
                parts.handshake(),
                parts.stateless(),
                parts.stdioLines(),
                parts.features()));
  }

  private static Answer nameless(Answer answer) {
    return answer.body() instanceof Answer.Body.Rpc(RequestId.Text _, Reply.Failure failure)
        ? answer.withBody(new Answer.Body.Rpc(null, failure))
        : answer;
  }

  private static RpcError mismatch() {
    return RpcError.of(ErrorCode.HEADER_MISMATCH, "Mcp-Name does not match the body");
  }

  private static Mutant refusing(String name, String key) {
    return Planting.stateless(
        name,
        parts ->
            parts.withRule(
                StatelessRules.META_CAPABILITIES,
                check ->
                    (in, request) ->
                        request.params().path("_meta").has(key)
                            ? Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "unknown " + key))
                            : check.refusal(in, request)));
  }

  private static Mutant name(String name, String mark, boolean accepted) {
    return Planting.stateless(
        name,
        parts ->
            parts.withRule(StatelessRules.NAME_HEADER, check -> marked(check, mark, accepted)));
  }

  private static StatelessRule.Check marked(
      StatelessRule.Check check, String mark, boolean accepted) {
    return (in, request) -> {
      boolean marks =
          in.headers().first("Mcp-Name").filter(value -> value.startsWith(mark)).isPresent();
      if (!marks) {
        return check.refusal(in, request);
      }
      return accepted ? Optional.empty() : Optional.of(mismatch());
    };
  }

  // --- lists -------------------------------------------------------------------------------------

  private static Method steered(Method original) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      String client = context.meta().path(PREFIX + "clientInfo").path("name").asString("");
      if (client.equals("other")) {
        result.withArrayProperty("prompts").remove(0);
      }
      return result;
    };
  }

  private static Method turns(Method original, String member) {
    AtomicInteger times = new AtomicInteger();
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      if (!params.has("cursor") && times.incrementAndGet() % 2 == 0) {
        result.withArrayProperty(member).remove(0);
      }
      return result;
    };
  }

  private static Method wearing(Method original, String member) {
    AtomicInteger times = new AtomicInteger();
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      if (params.has("cursor") && times.incrementAndGet() % 2 == 0) {
        result.withArrayProperty(member).remove(0);
      }
      return result;
    };
  }

  // --- calls -------------------------------------------------------------------------------------

  private static Method caseless(ServerParts parts, Method original) {
    return (context, params) -> {
      String name = params.path("name").asString("");
      ObjectNode exact = params.deepCopy();
      parts.features().catalog().tools().stream()
          .map(Tool::name)
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .ifPresent(known -> exact.put("name", known));
      return original.call(context, exact);
    };
  }

  private static Method unchecked(ServerParts parts, Method original) {
    return (context, params) -> {
      String name = params.path("name").asString("");
      boolean demands =
          parts.features().catalog().tools().stream()
              .filter(tool -> tool.name().equals(name))
              .anyMatch(tool -> !tool.definition().path("inputSchema").path("required").isEmpty());
      if (demands && params.path("arguments").isEmpty()) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", "done");
        return result;
      }
      return original.call(context, params);
    };
  }

  private static RpcException broken() {
    return new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR, "broken"));
  }

  private static Method internal(ServerParts parts, Method original) {
    return (context, params) -> {
      String name = params.path("name").asString("");
      if (parts.features().catalog().prompts().stream().map(Prompt::name).noneMatch(name::equals)) {
        throw broken();
      }
      return original.call(context, params);
    };
  }

  private static Method optional(ServerParts parts, Method original) {
    return (context, params) -> {
      String name = params.path("name").asString("");
      ObjectNode full = params.deepCopy();
      if (params.path("arguments").isEmpty()) {
        ObjectNode arguments = full.putObject("arguments");
        parts.features().catalog().prompts().stream()
            .filter(prompt -> prompt.name().equals(name))
            .flatMap(prompt -> prompt.definition().path("arguments").valueStream())
            .filter(argument -> argument.path("required").asBoolean(false))
            .forEach(argument -> arguments.put(argument.path("name").asString(""), ""));
      }
      return original.call(context, full);
    };
  }

  private static Method asText(Method original) {
    return (context, params) -> {
      ObjectNode plain = params.deepCopy();
      ObjectNode arguments = plain.withObjectProperty("arguments");
      for (var argument : params.path("arguments").properties()) {
        JsonNode value = argument.getValue();
        if (!value.isString()) {
          arguments.put(argument.getKey(), value.toString());
        }
      }
      return original.call(context, plain);
    };
  }

  private static Method completing(Method original) {
    return (context, params) -> {
      if (params.path("ref").path("name").asString("").startsWith("plumbline-no")) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putObject("completion").putArray("values");
        return result;
      }
      return original.call(context, params);
    };
  }

  private static Method numberAsText(Method original) {
    return (context, params) -> {
      JsonNode value = params.path("argument").path("value");
      if (!value.isNumber()) {
        return original.call(context, params);
      }
      ObjectNode plain = params.deepCopy();
      plain.withObjectProperty("argument").put("value", value.toString());
      return original.call(context, plain);
    };
  }

  private static Method any(Method original) {
    return (context, params) -> {
      if (!params.path("uri").asString(":").contains(":")) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("contents");
        return result;
      }
      return original.call(context, params);
    };
  }
}

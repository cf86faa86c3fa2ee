package dev.plumbline.server.mutant;

import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in how the handshake era refuses mistakes. */
final class HandshakeMistakeMutants {
  private static final String CALL = "tools/call";
  private static final String COMPLETE = "completion/complete";

  private HandshakeMistakeMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TOOL-004, RES-002, COMP-001
        undeclared("tools-undeclared", "tools"),
        undeclared("resources-undeclared", "resources"),
        undeclared("completions-undeclared", "completions"),
        // TOOL-006, TOOL-025
        Planting.handshakeMethod("wrong-argument-served", CALL, (_, m) -> serving(m)),
        Planting.handshakeMethod("wrong-argument-protocol-error", CALL, (_, m) -> refusing(m)),
        // TOOL-012, TOOL-024
        Planting.handshakeMethod("tool-name-any-case", CALL, (_, m) -> lowered(m)),
        Planting.handshakeMethod("call-without-name-served", CALL, (_, m) -> unnamed(m)),
        // RES-008
        Planting.handshakeMethod("empty-address-read", "resources/read", (_, m) -> welcome(m)),
        // PROM-002, PROM-012
        recoded(
            "unknown-prompt-internal-error",
            "prompts/get",
            p -> !p.has("arguments") && isMadeUp(p)),
        recoded(
            "prompt-argument-internal-error",
            "prompts/get",
            p -> !p.has("arguments") && !isMadeUp(p)),
        // COMP-007, COMP-008
        recoded("unknown-completion-internal-error", COMPLETE, p -> isMadeUp(p.path("ref"))),
        recoded("completion-without-ref-internal-error", COMPLETE, p -> !p.has("ref")),
        // LOG-006
        recoded("log-level-internal-error", "logging/setLevel", p -> true));
  }

  private static Mutant undeclared(String name, String capability) {
    return Planting.handshakeResult(
        name, "initialize", result -> result.withObjectProperty("capabilities").remove(capability));
  }

  private static boolean isMadeUp(JsonNode named) {
    return named.path("name").asString("").startsWith("plumbline-");
  }

  private static boolean isWrong(ObjectNode params) {
    return params.path("arguments").path("text").isObject();
  }

  private static Method serving(Method original) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      return isWrong(params) ? result.put("isError", false) : result;
    };
  }

  private static Method refusing(Method original) {
    return (context, params) -> {
      if (isWrong(params)) {
        throw RpcException.invalidParams("text must be a string");
      }
      return original.call(context, params);
    };
  }

  private static Method lowered(Method original) {
    return (context, params) -> {
      JsonNode name = params.path("name");
      return original.call(
          context,
          name.isString()
              ? params.deepCopy().put("name", name.stringValue().toLowerCase(Locale.ROOT))
              : params);
    };
  }

  private static Method unnamed(Method original) {
    return (context, params) -> {
      if (params.has("name")) {
        return original.call(context, params);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.putArray("content").addObject().put("type", "text").put("text", "no name");
      return result.put("isError", true);
    };
  }

  private static Method welcome(Method original) {
    return (context, params) ->
        original.call(
            context,
            params.path("uri").asString("x").isEmpty()
                ? params.deepCopy().put("uri", "plumbline:///welcome")
                : params);
  }

  /** What is refused for its parameters is called an error of the server. */
  private static Mutant recoded(String name, String method, Predicate<ObjectNode> where) {
    return Planting.handshakeMethod(
        name,
        method,
        (_, original) ->
            (context, params) -> {
              try {
                return original.call(context, params);
              } catch (RpcException e) {
                if (!where.test(params) || !e.error().is(ErrorCode.INVALID_PARAMS)) {
                  throw e;
                }
                throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
              }
            });
  }
}

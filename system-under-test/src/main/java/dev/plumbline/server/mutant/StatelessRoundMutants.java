package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.StatelessParts;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.feature.InputRequired;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the rounds of a call after the first, and in who is asked what. */
final class StatelessRoundMutants {
  private static final String CALL = "tools/call";
  private static final String STATE = "requestState";
  private static final String REQUESTS = "inputRequests";
  private static final String RESPONSES = "inputResponses";
  private static final String RESULT = "result";
  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  private static final int FEW_OPEN = 30;

  private StatelessRoundMutants() {}

  static List<Mutant> all() {
    return List.of(
        // MRTR-507
        answered("state-shows-stack-trace", StatelessRoundMutants::trace),
        // MRTR-508, MRTR-509
        unsealed(),
        // MRTR-510
        unbound(),
        // MRTR-513, MRTR-514, ELIC-506
        answered("asks-for-roots-undeclared", asking("roots", "roots/list")),
        answered("asks-form-undeclared", asking("elicitation", "elicitation/create")),
        answered("asks-page-undeclared", StatelessRoundMutants::askPage),
        // MRTR-515
        Planting.statelessMethod("questions-pile-up", CALL, (_, m) -> fewOpen(m)),
        // MRTR-522
        answered("answers-of-any-kind", StatelessRoundMutants::completeAnyway),
        // MRTR-523
        answered("state-error-without-message", StatelessRoundMutants::silent),
        // MRTR-524
        knownKeysOnly(),
        // MRTR-525
        received(
            "answers-missing-refused",
            params ->
                params.path(RESPONSES).isObject() && params.path(RESPONSES).isEmpty()
                    ? Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "answers are missing"))
                    : Optional.empty()),
        // ELIC-518
        answered("page-token-to-client", StatelessRoundMutants::token),
        // ELIC-523
        Planting.statelessMethod("decline-not-handled", CALL, (_, m) -> withoutDecline(m)),
        // ELIC-545
        received("form-number-becomes-text", read(StatelessRoundMutants::numbersToText)),
        // SAMP-517
        received("sampled-role-ignored", read(StatelessRoundMutants::anyRole)),
        // SAMP-509, SAMP-510, SAMP-521
        sampling(
            "tool-result-beside-text",
            content -> content.insertObject(0).put("type", "text").put("text", "Here it is:")),
        sampling("tool-result-missing", content -> content.remove(content.size() - 1)),
        sampling("tool-result-twice", content -> content.add(content.get(0).deepCopy())),
        // SAMP-522
        endless());
  }

  // --- planting --------------------------------------------------------------------------------

  /** Spoils the answer to each call, seeing the request. */
  private static Mutant answered(String name, BiConsumer<ObjectNode, ObjectNode> spoil) {
    return Planting.stateless(name, parts -> answering(parts, spoil));
  }

  private static StatelessParts answering(
      StatelessParts parts, BiConsumer<ObjectNode, ObjectNode> spoil) {
    return parts.withAnswers(
        (_, message, answer) -> {
          if (!(message instanceof Message.Request request)
              || !request.method().equals(CALL)
              || !(answer.body() instanceof Answer.Body.Rpc)) {
            return answer;
          }
          String json = new String(answer.bytes(), StandardCharsets.UTF_8);
          ObjectNode tree = (ObjectNode) JsonLimits.mapper().readTree(json);
          spoil.accept(request.params(), tree);
          return answer.withBody(new Answer.Body.Raw(tree.toString()));
        });
  }

  /** Looks at, changes or refuses the parameters of each call before it is served. */
  private static Mutant received(String name, Function<ObjectNode, Optional<RpcError>> look) {
    return Planting.stateless(name, parts -> receiving(parts, look));
  }

  private static StatelessParts receiving(
      StatelessParts parts, Function<ObjectNode, Optional<RpcError>> look) {
    return parts.withRule(
        StatelessRules.META_VERSION,
        check ->
            (in, request) ->
                (request.method().equals(CALL)
                        ? look.apply(request.params())
                        : Optional.<RpcError>empty())
                    .or(() -> check.refusal(in, request)));
  }

  private static Function<ObjectNode, Optional<RpcError>> read(Consumer<ObjectNode> change) {
    return params -> {
      params
          .path(RESPONSES)
          .valueStream()
          .forEach(
              r -> {
                if (r instanceof ObjectNode reply) {
                  change.accept(reply);
                }
              });
      return Optional.empty();
    };
  }

  private static boolean asks(ObjectNode answer) {
    return answer.path(RESULT).has(REQUESTS);
  }

  private static ObjectNode result(ObjectNode answer) {
    return answer.withObjectProperty(RESULT);
  }

  private static String tool(ObjectNode params) {
    return params.path("name").asString("");
  }

  // --- state -----------------------------------------------------------------------------------

  private static void trace(ObjectNode params, ObjectNode answer) {
    if (answer.get("error") instanceof ObjectNode error && params.path(STATE).isString()) {
      error.put("message", "unsealing failed\n\tat dev.plumbline.server.Seal.open(Seal.java:7)");
    }
  }

  /** The answers so far travel in the state as everybody can read and write them. */
  private static Mutant unsealed() {
    return Planting.stateless(
        "state-unsealed",
        parts ->
            answering(
                receiving(parts, StatelessRoundMutants::takeFromState),
                (params, answer) -> {
                  if (asks(answer)) {
                    byte[] plain =
                        params.path(RESPONSES).toString().getBytes(StandardCharsets.UTF_8);
                    result(answer).put(STATE, Base64.getEncoder().encodeToString(plain));
                  }
                }));
  }

  private static Optional<RpcError> takeFromState(ObjectNode params) {
    if (!params.path(STATE).isString()) {
      return Optional.empty();
    }
    try {
      byte[] plain = Base64.getDecoder().decode(params.path(STATE).stringValue());
      String text = new String(plain, StandardCharsets.UTF_8);
      if (!text.isEmpty()) {
        merge(params, JsonLimits.mapper().readTree(text));
      }
      params.remove(STATE);
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "this state cannot be read"));
    }
    return Optional.empty();
  }

  private static void merge(ObjectNode params, JsonNode before) {
    if (before instanceof ObjectNode known && params.path(RESPONSES) instanceof ObjectNode now) {
      known.properties().stream()
          .filter(reply -> !now.has(reply.getKey()))
          .forEach(reply -> now.set(reply.getKey(), reply.getValue()));
    }
  }

  /** A state is good for every call. */
  private static Mutant unbound() {
    Map<String, String> issued = new ConcurrentHashMap<>();
    return Planting.stateless(
        "state-unbound",
        parts ->
            answering(
                receiving(
                    parts,
                    params -> {
                      String owner = issued.get(params.path(STATE).asString(""));
                      if (owner != null && !owner.equals(tool(params))) {
                        params.remove(STATE);
                      }
                      return Optional.empty();
                    }),
                (params, answer) -> {
                  if (asks(answer)) {
                    issued.put(answer.path(RESULT).path(STATE).asString(""), tool(params));
                  }
                }));
  }

  // --- questions -------------------------------------------------------------------------------

  private static BiConsumer<ObjectNode, ObjectNode> asking(String capability, String method) {
    return (params, answer) -> {
      if (asks(answer) && !params.path("_meta").path(CAPABILITIES).has(capability)) {
        ObjectNode question = result(answer).withObjectProperty(REQUESTS).putObject("undeclared");
        question.put("method", method);
        ObjectNode asked = question.putObject("params");
        if (method.startsWith("elicitation")) {
          asked.put("message", "Who are you?");
          asked.putObject("requestedSchema").put("type", "object").putObject("properties");
        }
      }
    };
  }

  private static void askPage(ObjectNode params, ObjectNode answer) {
    JsonNode declared = params.path("_meta").path(CAPABILITIES).path("elicitation");
    if (asks(answer) && declared.isObject() && !declared.has("url")) {
      result(answer)
          .withObjectProperty(REQUESTS)
          .putObject("undeclared")
          .put("method", "elicitation/create")
          .putObject("params")
          .put("mode", "url")
          .put("message", "Please look.")
          .put("url", "https://plumbline.example/look");
    }
  }

  private static Method fewOpen(Method original) {
    AtomicInteger open = new AtomicInteger();
    return (context, params) -> {
      try {
        ObjectNode result = original.call(context, params);
        open.set(0);
        return result;
      } catch (InputRequired e) {
        if (params.has(RESPONSES)) {
          open.set(0);
        } else if (open.incrementAndGet() > FEW_OPEN) {
          throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR, "too many open questions"));
        }
        throw e;
      }
    };
  }

  // --- answers ---------------------------------------------------------------------------------

  private static void completeAnyway(ObjectNode params, ObjectNode answer) {
    if (params.has(RESPONSES) && !params.path(RESPONSES).isObject()) {
      answer.remove("error");
      ObjectNode result = result(answer).put("resultType", "complete");
      result.putArray("content").addObject().put("type", "text").put("text", "Thank you.");
    }
  }

  private static void silent(ObjectNode params, ObjectNode answer) {
    if (answer.get("error") instanceof ObjectNode error
        && params.has(STATE)
        && !params.path(STATE).isString()) {
      error.put("message", "");
    }
  }

  private static Mutant knownKeysOnly() {
    Map<String, Set<String>> asked = new ConcurrentHashMap<>();
    return Planting.stateless(
        "answers-nobody-asked-for-refused",
        parts ->
            answering(
                receiving(
                    parts,
                    params -> {
                      Set<String> known = asked.getOrDefault(tool(params), Set.of());
                      return known.containsAll(params.path(RESPONSES).propertyNames())
                          ? Optional.empty()
                          : Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "an unknown key"));
                    }),
                (params, answer) ->
                    asked
                        .computeIfAbsent(tool(params), _ -> ConcurrentHashMap.newKeySet())
                        .addAll(answer.path(RESULT).path(REQUESTS).propertyNames())));
  }

  /** Who was on a page gets a token in the result. */
  private static void token(ObjectNode params, ObjectNode answer) {
    boolean page =
        params
            .path(RESPONSES)
            .valueStream()
            .anyMatch(r -> r.path("action").asString("").equals("accept") && !r.has("content"));
    if (page && result(answer).path("content").isArray()) {
      result(answer)
          .withArrayProperty("content")
          .addObject()
          .put("type", "text")
          .put("text", "access_token=plumbline0plumbline0plumbline");
    }
  }

  private static Method withoutDecline(Method original) {
    return (context, params) -> {
      boolean declined =
          params
              .path(RESPONSES)
              .valueStream()
              .anyMatch(r -> r.path("action").asString("").equals("decline"));
      if (declined) {
        throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
      }
      return original.call(context, params);
    };
  }

  static void numbersToText(ObjectNode reply) {
    if (reply.path("content") instanceof ObjectNode content) {
      List.copyOf(content.propertyNames()).stream()
          .filter(field -> content.path(field).isNumber())
          .forEach(field -> content.put(field, content.path(field).asString()));
    }
  }

  static void anyRole(ObjectNode reply) {
    if (reply.has("role")) {
      reply.put("role", "assistant");
    }
  }

  // --- models that use tools -------------------------------------------------------------------

  /** Spoils the content of each message with tool results. */
  private static Mutant sampling(String name, Consumer<ArrayNode> spoil) {
    return StatelessTalkMutants.question(
        name, "sampling/createMessage", question -> results(question.path("params"), spoil));
  }

  /** Spoils the content of each message with tool results of one sampling request. */
  static void results(JsonNode params, Consumer<ArrayNode> spoil) {
    params
        .path("messages")
        .valueStream()
        .map(message -> message.path("content"))
        .filter(c -> c.path(0).path("type").asString("").equals("tool_result"))
        .forEach(c -> spoil.accept((ArrayNode) c));
  }

  /** Asks the last question again instead of coming to an end. */
  private static Mutant endless() {
    Map<String, JsonNode> last = new ConcurrentHashMap<>();
    return answered(
        "tool-loop-endless",
        (params, answer) -> {
          boolean uses =
              params
                  .path(RESPONSES)
                  .valueStream()
                  .anyMatch(r -> r.path("stopReason").asString("").equals("toolUse"));
          JsonNode again = last.get(tool(params));
          if (asks(answer)) {
            last.put(tool(params), answer.path(RESULT).deepCopy());
          } else if (uses && again != null) {
            answer.remove("error");
            answer.set(RESULT, again.deepCopy());
          }
        });
  }
}

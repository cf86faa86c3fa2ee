package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the course of a conversation of the handshake era. */
final class HandshakeFlowMutants {
  private static final String CANCELLED = "notifications/cancelled";
  private static final String CALL = "tools/call";
  private static final String STRAY = "{\"jsonrpc\":\"2.0\",\"id\":\"none\",\"result\":{}}";
  private static final int NOT_FOUND = 404;
  private static final int MUCH = 5_000;

  private HandshakeFlowMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-005
        noticeAnswered(),
        // CANC-006, CANC-009
        shaken("late-cancellation-breaks", message -> isNotification(message, CANCELLED)),
        Planting.handshakeAnswer(
            "cancellation-refused",
            (_, message, answer) ->
                isNotification(message, CANCELLED) ? answer.withStatus(400) : answer),
        // LIFE-005, LIFE-022
        Planting.handshakeAnswer(
            "asks-before-answering-initialize",
            (in, message, answer) -> {
              if (HandshakeWireMutants.isRequest(message, "initialize")
                  && !Revisions.isKnown(asked(message).path("protocolVersion").asString("x"))) {
                say(in, "{\"jsonrpc\":\"2.0\",\"id\":\"early\",\"method\":\"roots/list\"}");
              }
              return answer;
            }),
        Planting.handshakeAnswer(
            "bad-initialize-breaks",
            (_, message, answer) ->
                HandshakeWireMutants.isRequest(message, "initialize")
                        && answer.failure().isPresent()
                    ? answer.withStatus(500)
                    : answer),
        // PROG-011
        Planting.handshakeAnswer("progress-after-answer", progressOfTheCallBefore()),
        // TRAN-023, TRAN-050
        Planting.handshakeAnswer(
            "refused-notification-200",
            (_, message, answer) ->
                message instanceof Message.Notification && answer.status() == NOT_FOUND
                    ? answer.withStatus(200)
                    : answer),
        Planting.handshake(
            "version-header-required",
            parts ->
                parts.withVersionLawful(
                    in ->
                        parts.versionLawful().test(in)
                            && (in.wire() != Wire.HTTP
                                || in.headers().first(Inbound.VERSION_HEADER).isPresent()))),
        // PROM-008, COMP-012
        Planting.handshakeMethod(
            "prompt-argument-coerced",
            "prompts/get",
            (_, m) ->
                (context, params) -> {
                  ObjectNode plain = params.deepCopy();
                  if (plain.path("arguments") instanceof ObjectNode arguments) {
                    for (String name : List.copyOf(arguments.propertyNames())) {
                      JsonNode value = arguments.get(name);
                      if (value.isObject()) {
                        arguments.put(name, value.toString());
                      }
                    }
                  }
                  return m.call(context, plain);
                }),
        Planting.handshakeMethod(
            "completion-of-much-breaks",
            "completion/complete",
            (_, m) ->
                (context, params) -> {
                  if (params.path("argument").path("value").asString("").length() > MUCH) {
                    throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
                  }
                  return m.call(context, params);
                }),
        // TASK-016
        Planting.handshakeMethod(
            "task-of-prompt-refused",
            "prompts/get",
            (_, m) ->
                (context, params) -> {
                  if (params.has("task")) {
                    throw RpcException.invalidParams("prompts do not run as tasks");
                  }
                  return m.call(context, params);
                }),
        // ELIC-017, ELIC-018, ELIC-019, ELIC-029
        error(
            "page-required-of-anybody",
            error -> {
              if (error.path("message").asString("").contains("URL mode")) {
                error.put("code", -32042);
              }
            }),
        required("page-required-without-list", error -> listed(error, "elicitations", "other")),
        required(
            "page-required-as-form",
            error ->
                error
                    .path("data")
                    .path("elicitations")
                    .forEach(page -> ((ObjectNode) page).put("mode", "form"))),
        required("page-required-with-other-code", error -> error.put("code", -32000)));
  }

  static boolean isNotification(Message message, String method) {
    return message instanceof Message.Notification notification
        && notification.method().equals(method);
  }

  static JsonNode asked(Message message) {
    return message instanceof Message.Request request
        ? request.params()
        : JsonNodeFactory.instance.objectNode();
  }

  /** Says a message ahead of the answer. */
  static void say(Inbound in, String message) {
    try {
      var _ =
          in.sink()
              .event(
                  EventSink.Event.of(MessageKind.NEWS, message.getBytes(StandardCharsets.UTF_8)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A response to a notification goes ahead of the next ping's. */
  private static Mutant noticeAnswered() {
    AtomicBoolean noticed = new AtomicBoolean();
    return Planting.handshakeAnswer(
        "notice-answered",
        (in, message, answer) -> {
          if (in.wire() == Wire.DUPLEX
              && message instanceof Message.Notification notification
              && !notification.method().equals("notifications/initialized")) {
            noticed.set(true);
          }
          if (HandshakeWireMutants.isRequest(message, "ping") && noticed.getAndSet(false)) {
            say(in, STRAY);
          }
          return answer;
        });
  }

  /** One ping after such a message fails. */
  static Mutant shaken(String name, Predicate<Message> by) {
    Set<String> shaken = ConcurrentHashMap.newKeySet();
    return Planting.handshakeAnswer(
        name,
        (in, message, answer) -> {
          String session = in.headers().first(Inbound.SESSION_HEADER).orElse("");
          if (by.test(message)) {
            shaken.add(session);
          }
          return HandshakeWireMutants.isRequest(message, "ping") && shaken.remove(session)
              ? Answer.refusal(
                  200,
                  ((Message.Request) message).id(),
                  RpcError.of(ErrorCode.INTERNAL_ERROR, "shaken"))
              : answer;
        });
  }

  private static AnswerShape progressOfTheCallBefore() {
    Map<String, JsonNode> before = new ConcurrentHashMap<>();
    return (in, message, answer) -> {
      if (HandshakeWireMutants.isRequest(message, CALL) && !asked(message).has("task")) {
        String session = in.headers().first(Inbound.SESSION_HEADER).orElse("");
        JsonNode token = asked(message).path("_meta").path("progressToken");
        JsonNode last = token.isMissingNode() ? before.remove(session) : before.put(session, token);
        if (last != null) {
          say(
              in,
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                  + "\"progressToken\":"
                  + last
                  + ",\"progress\":1000}}");
        }
      }
      return answer;
    };
  }

  private static Mutant error(String name, Consumer<ObjectNode> spoil) {
    return Planting.handshakeAnswer(
        name,
        (_, message, answer) ->
            HandshakeWireMutants.isRequest(message, CALL) && answer.failure().isPresent()
                ? HandshakeContentMutants.spoiled(
                    answer, tree -> spoil.accept(tree.withObjectProperty("error")))
                : answer);
  }

  private static Mutant required(String name, Consumer<ObjectNode> spoil) {
    return error(
        name,
        error -> {
          if (error.path("code").asInt(0) == -32042) {
            spoil.accept(error);
          }
        });
  }

  private static void listed(ObjectNode error, String name, String other) {
    ObjectNode data = error.withObjectProperty("data");
    data.set(other, data.remove(name));
  }
}

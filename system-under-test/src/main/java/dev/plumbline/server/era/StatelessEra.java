package dev.plumbline.server.era;

import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.feature.task.StatelessTasks;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2026-07-28: every request carries everything needed to serve it. */
public final class StatelessEra implements Era {
  /** Results with caching hints (server/utilities/caching, cacheable results). */
  private static final Set<String> CACHEABLE =
      Set.of(
          "server/discover",
          "tools/list",
          "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/read");

  /** How long a client may keep a cacheable result; the features never change. */
  private static final int TTL_MILLIS = 60_000;

  private final StatelessParts parts;
  private final StateMachine<ServerState, ServerEvent> server;

  /** The era with its parts. */
  public StatelessEra(StatelessParts parts, StateMachine<ServerState, ServerEvent> server) {
    this.parts = parts;
    this.server = server;
  }

  /** The parts of the correct server. */
  public static StatelessParts standard(MethodTable features, ServerCard card) {
    return new StatelessParts(
        StatelessRules.standard(),
        features.with("server/discover", (_, _) -> discover(card)),
        (method, result) -> shape(card, method, result),
        StatelessEra::errors,
        AnswerShape.AS_IT_IS);
  }

  private static ObjectNode discover(ServerCard card) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode versions = result.putArray("supportedVersions");
    Revisions.ALL.forEach(versions::add);
    ObjectNode capabilities = card.capabilities();
    StatelessTasks.declare(capabilities);
    result.set("capabilities", capabilities);
    result.put("instructions", card.instructions());
    return result;
  }

  private static ObjectNode shape(ServerCard card, String method, ObjectNode result) {
    if (!result.has("resultType")) {
      result.put("resultType", "complete");
    }
    JsonNode meta = result.get("_meta");
    ObjectNode target = meta instanceof ObjectNode given ? given : result.putObject("_meta");
    target.set(Meta.SERVER_INFO, card.serverInfo());
    if (CACHEABLE.contains(method)) {
      result.put("ttlMs", TTL_MILLIS);
      // Nothing here depends on who asks.
      result.put("cacheScope", "public");
    }
    return result;
  }

  private static RpcError errors(RpcError error) {
    // 2026-07-28 server/resources: -32602 replaces -32002, which must not be emitted any more.
    return error.is(ErrorCode.RESOURCE_NOT_FOUND)
        ? new RpcError(ErrorCode.INVALID_PARAMS.code(), error.message(), error.data())
        : error;
  }

  @Override
  public Answer answer(Inbound in, Message message) {
    Answer answer =
        switch (message) {
          case Message.Request request -> request(in, request);
          case Message.Notification notification -> notification(in, notification);
          case Message.Response _ ->
              Answer.refusal(
                  400,
                  null,
                  RpcError.of(ErrorCode.INVALID_REQUEST, "clients do not send responses"));
        };
    return parts.answers().shape(in, message, answer);
  }

  private Answer request(Inbound in, Message.Request request) {
    for (StatelessRule rule : parts.rules()) {
      Optional<RpcError> refusal = rule.check().refusal(in, request);
      if (refusal.isPresent()) {
        return Answer.refusal(400, request.id(), refusal.get());
      }
    }
    if (server.state() != ServerState.ACTIVE) {
      server.fire(ServerEvent.CLIENT_READY);
    }
    Optional<Method> method = parts.methods().find(request.method());
    if (method.isEmpty()) {
      // streamable-http, protocol version header: 404 with the JSON-RPC error in the body.
      return Answer.refusal(
          404, request.id(), RpcError.of(ErrorCode.METHOD_NOT_FOUND, request.method()));
    }
    return Execution.run(
            method.get(),
            request,
            in.peer().inFlight(),
            running -> new StatelessContext(in, request, running))
        .map(reply -> finish(request, reply))
        .orElseGet(Answer::silence);
  }

  private Answer finish(Message.Request request, Reply reply) {
    return switch (reply) {
      case Reply.Result(var value) ->
          Answer.of(
              200, request.id(), new Reply.Result(parts.shape().shape(request.method(), value)));
      case Reply.Failure(var error) -> FailureAnswer.of(request.id(), parts.errors().apply(error));
    };
  }

  private static Answer notification(Inbound in, Message.Notification notification) {
    Optional<String> header = in.headers().first(Inbound.VERSION_HEADER);
    if (header.isPresent() && !Revisions.isKnown(header.get())) {
      return Answer.refusal(400, null, RpcError.of(ErrorCode.UNSUPPORTED_VERSION));
    }
    if (in.wire() == Wire.DUPLEX && notification.method().equals("notifications/cancelled")) {
      Cancellation.target(notification.params()).ifPresent(in.peer().inFlight()::cancel);
    }
    return Answer.empty(202);
  }
}

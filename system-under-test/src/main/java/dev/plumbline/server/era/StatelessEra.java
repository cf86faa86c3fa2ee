package dev.plumbline.server.era;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.InputRequired;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.round.Round;
import dev.plumbline.server.round.RoundTrips;
import dev.plumbline.server.round.StateSeal;
import dev.plumbline.server.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2026-07-28: every request carries everything needed to serve it. */
public final class StatelessEra implements Era {
  private final StatelessParts parts;
  private final StateMachine<ServerState, ServerEvent> server;

  /** The era with its parts. */
  public StatelessEra(StatelessParts parts, StateMachine<ServerState, ServerEvent> server) {
    this.parts = parts;
    this.server = server;
  }

  /**
   * The parts of the correct server.
   *
   * @param features the methods both eras share
   * @param subscriptions who listens
   * @param extensions what is spoken beyond the core protocol
   * @param seal for what travels through the client between two rounds
   */
  public static StatelessParts standard(
      MethodTable features,
      ServerCard card,
      Offerings offerings,
      Subscriptions subscriptions,
      List<Extension> extensions,
      StateSeal seal) {
    offerings.listen(change -> ListenFilters.publish(subscriptions, change));
    MethodTable methods = features.with(Listen.METHOD, new Listen(subscriptions, extensions));
    for (Extension extension : extensions) {
      methods = extension.methods().apply(methods);
    }
    ObjectNode capabilities = StatelessCapabilities.of(methods, extensions);
    return new StatelessParts(
        StatelessRules.standard(offerings),
        methods.with("server/discover", (_, _) -> discover(card, capabilities)),
        new StatelessShape(card),
        StatelessEra::errors,
        AnswerShape.AS_IT_IS,
        new RoundTrips(seal),
        subscriptions);
  }

  private static ObjectNode discover(ServerCard card, ObjectNode capabilities) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode versions = result.putArray("supportedVersions");
    Revisions.ALL.forEach(versions::add);
    result.set("capabilities", capabilities.deepCopy());
    if (!card.instructions().isEmpty()) {
      result.put("instructions", card.instructions());
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
    Spans.revision(Revisions.STATELESS);
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
    if (in.peer().inFlight().runs(request.id())) {
      // Basic page, requests: an id is free again once its answer is out.
      return Answer.refusal(
          400, request.id(), RpcError.of(ErrorCode.INVALID_REQUEST, "this id is in use"));
    }
    try {
      Round round = parts.rounds().begin(in.principal(), request);
      return Execution.run(
              (context, params) -> oneRound(method.get(), context, params, round),
              request,
              in.peer().inFlight(),
              running -> new StatelessContext(in, request, running, round))
          .map(reply -> finish(request, reply))
          .orElseGet(Answer::silence);
    } catch (RpcException e) {
      return FailureAnswer.of(request.id(), e.error());
    }
  }

  /** A duplex wire has ended, and with it everything that listens on it. */
  void gone(Peer peer) {
    parts.subscriptions().release(peer);
  }

  private ObjectNode oneRound(Method method, Context context, ObjectNode params, Round round)
      throws RpcException, InterruptedException {
    try {
      ObjectNode result = method.call(context, params);
      return round.isRetry() && context.method().equals("resources/read")
          ? StatelessShape.stale(result)
          : result;
    } catch (InputRequired e) {
      return parts.rounds().inputRequired(round, e.requests());
    }
  }

  /** Takes leave of whoever listens, because the server is about to stop. */
  public void drain() {
    parts.subscriptions().endAll();
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

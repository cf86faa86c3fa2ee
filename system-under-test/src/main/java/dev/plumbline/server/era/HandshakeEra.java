package dev.plumbline.server.era;

import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.feature.task.HandshakeTasks;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.InFlight;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Revisions up to 2025-11-25: a session begins with initialize and is named on every request. */
public final class HandshakeEra implements Era {
  private static final int NOT_FOUND = 404;

  private final HandshakeParts parts;
  private final Sessions sessions;
  private final ServerCard card;
  private final StateMachine<ServerState, ServerEvent> server;

  /** The era over one register of sessions. */
  public HandshakeEra(
      HandshakeParts parts,
      Sessions sessions,
      ServerCard card,
      StateMachine<ServerState, ServerEvent> server) {
    this.parts = parts;
    this.sessions = sessions;
    this.card = card;
    this.server = server;
  }

  /** The parts of the correct server. */
  public static HandshakeParts standard(MethodTable methods, Sessions sessions) {
    return new HandshakeParts(
        HandshakeEra::versionLawful,
        Revisions::negotiate,
        HandshakeEra::admission,
        sessions::terminate,
        // 2025-11-25 transports, listening for messages: 405 says there is no stream here.
        _ -> Answer.empty(405).with("Allow", "POST, DELETE"),
        methods,
        (_, result) -> result,
        AnswerShape.AS_IT_IS);
  }

  private static boolean versionLawful(Inbound in) {
    List<String> given = in.headers().all(Inbound.VERSION_HEADER);
    return given.isEmpty() || (given.size() == 1 && Revisions.isHandshake(given.getFirst()));
  }

  private static Optional<RpcError> admission(Session session, Message.Request request) {
    SessionEvent event = request.method().equals("ping") ? SessionEvent.PING : SessionEvent.REQUEST;
    Outcome<SessionState, SessionEvent> outcome = session.machine().fire(event);
    if (outcome instanceof Outcome.Refused<SessionState, SessionEvent>(_, _, var reason)) {
      return Optional.of(RpcError.of(ErrorCode.INVALID_REQUEST, reason));
    }
    // 2025-11-25 basic, requests: an id is used once in a session (C18).
    return session.claim(request.id())
        ? Optional.empty()
        : Optional.of(RpcError.of(ErrorCode.INVALID_REQUEST, "the id was used before"));
  }

  @Override
  public Answer answer(Inbound in, Message message) {
    return parts.answers().shape(in, message, route(in, message));
  }

  /** True when the message belongs to a session of the revision that knows batches. */
  boolean takesBatches(Inbound in) {
    return lookup(in) instanceof Lookup.Found(var session)
        && session.revision().equals(Revisions.BATCHING)
        && parts.versionLawful().test(in);
  }

  /** Answers HTTP GET. */
  public Answer get(Inbound in) {
    return parts.get().apply(in);
  }

  /** Answers HTTP DELETE: the client ends its session. */
  public Answer delete(Inbound in) {
    if (!parts.versionLawful().test(in)) {
      return unsupportedVersion(in, null);
    }
    return switch (lookup(in)) {
      case Lookup.Absent _ -> sessionMissing(null);
      case Lookup.Unknown _ -> sessionUnknown(null);
      case Lookup.Found(var session) -> {
        parts.terminate().accept(session);
        yield Answer.empty(204);
      }
    };
  }

  private Answer route(Inbound in, Message message) {
    if (message instanceof Message.Request request && request.method().equals("initialize")) {
      return initialize(in, request);
    }
    RequestId id = message instanceof Message.Request request ? request.id() : null;
    return switch (lookup(in)) {
      case Lookup.Absent _ -> withoutSession(in, message, id);
      case Lookup.Unknown _ -> sessionUnknown(id);
      case Lookup.Found(var session) ->
          parts.versionLawful().test(in)
              ? inSession(in, session, message)
              : unsupportedVersion(in, id);
    };
  }

  private Answer inSession(Inbound in, Session session, Message message) {
    return switch (message) {
      case Message.Request request -> serve(in, session, request);
      case Message.Notification notification -> notice(session, notification);
      case Message.Response _ -> Answer.empty(202);
    };
  }

  private Answer serve(Inbound in, Session session, Message.Request request) {
    Optional<RpcError> refusal = parts.admission().refusal(session, request);
    if (refusal.isPresent()) {
      return Answer.refusal(400, request.id(), refusal.get());
    }
    return call(in, session, request, session.inFlight());
  }

  private Answer call(
      Inbound in, @Nullable Session session, Message.Request request, InFlight inFlight) {
    Optional<Method> method = parts.methods().find(request.method());
    if (method.isEmpty()) {
      return Answer.refusal(
          200, request.id(), RpcError.of(ErrorCode.METHOD_NOT_FOUND, request.method()));
    }
    return Execution.run(
            method.get(),
            request,
            inFlight,
            running -> new HandshakeContext(in, session, request, running))
        .map(reply -> finish(request, reply))
        .orElseGet(Answer::silence);
  }

  private Answer finish(Message.Request request, Reply reply) {
    return switch (reply) {
      case Reply.Result(var value) ->
          Answer.of(
              200, request.id(), new Reply.Result(parts.shape().shape(request.method(), value)));
      case Reply.Failure(var error) -> FailureAnswer.of(request.id(), error);
    };
  }

  private Answer notice(Session session, Message.Notification notification) {
    switch (notification.method()) {
      case "notifications/initialized" -> {
        if (session.machine().fire(SessionEvent.INITIALIZED).accepted()) {
          server.fire(ServerEvent.CLIENT_READY);
        }
      }
      case "notifications/cancelled" ->
          Cancellation.target(notification.params()).ifPresent(session.inFlight()::cancel);
      default -> {}
    }
    return Answer.empty(202);
  }

  private Answer initialize(Inbound in, Message.Request request) {
    Optional<String> header = in.headers().first(Inbound.VERSION_HEADER);
    if (header.isPresent() && !Revisions.isKnown(header.get())) {
      return unsupportedVersion(in, request.id());
    }
    if (in.claimsSession()) {
      return Answer.refusal(
          400, request.id(), RpcError.of(ErrorCode.INVALID_REQUEST, "already initialized"));
    }
    Optional<String> problem = initializeProblem(request.params());
    if (problem.isPresent()) {
      return Answer.refusal(
          200, request.id(), RpcError.of(ErrorCode.INVALID_PARAMS, problem.get()));
    }
    server.fire(ServerEvent.HANDSHAKE_BEGAN);
    String requested = request.params().path("protocolVersion").stringValue();
    String revision = parts.negotiation().apply(requested);
    Optional<Session> opened = sessions.open(revision);
    if (opened.isEmpty()) {
      server.fire(ServerEvent.HANDSHAKE_FAILED);
      return Answer.overload(request.id(), ErrorCode.OVERLOADED);
    }
    Session session = opened.get();
    session.claim(request.id());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("protocolVersion", revision);
    ObjectNode capabilities = card.capabilities();
    HandshakeTasks.declare(revision, capabilities);
    result.set("capabilities", capabilities);
    result.set("serverInfo", card.serverInfo());
    result.put("instructions", card.instructions());
    Answer answer =
        Answer.of(200, request.id(), new Reply.Result(parts.shape().shape("initialize", result)));
    return switch (in.wire()) {
      case HTTP -> answer.with(Inbound.SESSION_HEADER, session.id());
      case DUPLEX -> {
        in.peer().bind(session);
        yield answer;
      }
    };
  }

  private static Optional<String> initializeProblem(ObjectNode params) {
    if (!params.path("protocolVersion").isString()) {
      return Optional.of("protocolVersion must be a string");
    }
    if (!params.path("capabilities").isObject()) {
      return Optional.of("capabilities must be an object");
    }
    JsonNode client = params.path("clientInfo");
    return client.path("name").isString() && client.path("version").isString()
        ? Optional.empty()
        : Optional.of("clientInfo must have a name and a version");
  }

  private Answer withoutSession(Inbound in, Message message, @Nullable RequestId id) {
    if (in.wire() == Wire.HTTP) {
      return sessionMissing(id);
    }
    return switch (message) {
      // C20: ping is lawful before initialize.
      case Message.Request request when request.method().equals("ping") ->
          call(in, null, request, in.peer().inFlight());
      case Message.Request request ->
          Answer.refusal(
              400, request.id(), RpcError.of(ErrorCode.INVALID_REQUEST, "initialize first"));
      case Message.Notification _, Message.Response _ -> Answer.empty(202);
    };
  }

  private sealed interface Lookup {
    record Absent() implements Lookup {}

    record Unknown() implements Lookup {}

    record Found(Session session) implements Lookup {}
  }

  private Lookup lookup(Inbound in) {
    Optional<Session> session =
        switch (in.wire()) {
          case HTTP -> {
            List<String> ids = in.headers().all(Inbound.SESSION_HEADER);
            yield ids.size() == 1 ? sessions.find(ids.getFirst()) : Optional.empty();
          }
          case DUPLEX -> in.peer().session().flatMap(bound -> sessions.find(bound.id()));
        };
    if (session.isPresent()) {
      return new Lookup.Found(session.get());
    }
    return in.claimsSession() ? new Lookup.Unknown() : new Lookup.Absent();
  }

  private static Answer sessionMissing(@Nullable RequestId id) {
    return Answer.refusal(
        400, id, RpcError.of(ErrorCode.INVALID_REQUEST, "MCP-Session-Id header is required"));
  }

  private static Answer sessionUnknown(@Nullable RequestId id) {
    return Answer.refusal(NOT_FOUND, id, RpcError.of(ErrorCode.INVALID_REQUEST, "no such session"));
  }

  private static Answer unsupportedVersion(Inbound in, @Nullable RequestId id) {
    String given = in.headers().first(Inbound.VERSION_HEADER).orElse("");
    return Answer.refusal(
        400,
        id,
        RpcError.of(
            ErrorCode.INVALID_REQUEST, "MCP-Protocol-Version " + given + " is not supported"));
  }
}

package dev.plumbline.server.era;

import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.InFlight;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.SessionEnd;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Revisions up to 2025-11-25: a session begins with initialize and is named on every request. */
public final class HandshakeEra implements Era {
  private final HandshakeParts parts;
  private final Sessions sessions;
  private final HandshakeOpening opening;
  private final HandshakeNews news;
  private final StateMachine<ServerState, ServerEvent> server;

  /** The era over one register of sessions; listens for changes of what is offered. */
  public HandshakeEra(
      HandshakeParts parts,
      Sessions sessions,
      ServerCard card,
      Offerings offerings,
      StateMachine<ServerState, ServerEvent> server) {
    this.parts = parts;
    this.sessions = sessions;
    this.opening = new HandshakeOpening(parts, sessions, card, offerings, server);
    this.news = new HandshakeNews(sessions);
    this.server = server;
    offerings.listen(news::announce);
  }

  /** The parts of the correct server. */
  public static HandshakeParts standard(
      MethodTable methods, Sessions sessions, Offerings offerings) {
    return new HandshakeParts(
        HandshakeLookup::versionLawful,
        Revisions::negotiate,
        HandshakeEra::admission,
        sessions::terminate,
        new HandshakeListening(sessions)::get,
        HandshakeMethods.added(methods, offerings, sessions),
        (_, result) -> result,
        AnswerShape.AS_IT_IS,
        SaidShape.AS_IT_IS);
  }

  private static Optional<RpcError> admission(Session session, Message.Request request) {
    SessionEvent event = request.method().equals("ping") ? SessionEvent.PING : SessionEvent.REQUEST;
    Outcome<SessionState, SessionEvent> outcome = session.machine().fire(event);
    if (outcome instanceof Outcome.Refused<SessionState, SessionEvent> refusal) {
      return Optional.of(HandshakeLookup.error(refusal));
    }
    // 2025-11-25 basic, requests: an id is used once in a session (C18).
    return session.claim(request.id())
        ? Optional.empty()
        : Optional.of(RpcError.of(ErrorCode.INVALID_REQUEST, "the id was used before"));
  }

  @Override
  public Answer answer(Inbound in, Message message) {
    HandshakeExchange exchange = new HandshakeExchange(in, parts.said());
    return exchange.finish(shaped(exchange, message));
  }

  /**
   * Answers a batch: one message after the other, every answer in one array. 2025-03-26 basic,
   * batching: receiving is a must there and unknown to every other revision.
   */
  public Answer batch(Inbound in, List<Decoded> items) {
    try {
      if (!takesBatches(in)) {
        return HandshakeLookup.refusal(400, null, "batches are not part of this revision");
      }
    } catch (StoreException e) {
      return HandshakeLookup.storeTrouble(sessions, null, e);
    }
    HandshakeExchange exchange = new HandshakeExchange(in, parts.said());
    StringJoiner answers = new StringJoiner(",", "[", "]");
    for (Decoded item : items) {
      byte[] bytes = item(exchange, item).bytes();
      if (bytes.length > 0) {
        answers.add(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    Answer answer =
        answers.length() == "[]".length()
            ? Answer.empty(202)
            : new Answer(200, Map.of(), new Answer.Body.Raw(answers.toString()));
    return exchange.finish(parts.answers().batch(in, answer));
  }

  private Answer item(HandshakeExchange exchange, Decoded item) {
    return switch (item) {
      case Decoded.Valid(Message.Request request) when request.method().equals("initialize") ->
          HandshakeLookup.refusal(400, request.id(), "initialize cannot be in a batch");
      case Decoded.Valid(var message) -> shaped(exchange, message);
      case Decoded.Malformed(var error, var id) -> Answer.refusal(400, id, error);
      case Decoded.Batch _ -> Answer.empty(202);
    };
  }

  /** True when the message belongs to a session of the revision that knows batches. */
  private boolean takesBatches(Inbound in) {
    return HandshakeLookup.of(sessions, in) instanceof HandshakeLookup.Found(var session)
        && session.revision().equals(Revisions.BATCHING)
        && parts.versionLawful().test(in);
  }

  /** Answers HTTP GET. */
  public Answer get(Inbound in) {
    try {
      return parts.get().apply(in);
    } catch (StoreException e) {
      return HandshakeLookup.storeTrouble(sessions, null, e);
    }
  }

  /** Answers HTTP DELETE: the client ends its session. */
  public Answer delete(Inbound in) {
    if (!parts.versionLawful().test(in)) {
      return HandshakeLookup.unsupportedVersion(in, null);
    }
    try {
      return switch (HandshakeLookup.of(sessions, in)) {
        case HandshakeLookup.Absent _ -> HandshakeLookup.sessionMissing(null);
        case HandshakeLookup.Unknown _ -> HandshakeLookup.sessionUnknown(null);
        case HandshakeLookup.Found(var session) -> {
          parts.terminate().accept(session);
          yield Answer.empty(204);
        }
      };
    } catch (StoreException e) {
      return HandshakeLookup.storeTrouble(sessions, null, e);
    }
  }

  /** A duplex wire has ended, and with it the session it carried. */
  public void gone(Peer peer) {
    peer.session().ifPresent(session -> sessions.terminate(session, SessionEnd.WIRE));
  }

  /** Tells the client that was asked to open a URL that the user is done there. */
  public void completeElicitation(String elicitationId) {
    news.elicitationCompleted(elicitationId);
  }

  private Answer shaped(HandshakeExchange exchange, Message message) {
    Answer answer;
    try {
      answer = route(exchange, message);
    } catch (StoreException e) {
      RequestId id = message instanceof Message.Request request ? request.id() : null;
      answer = HandshakeLookup.storeTrouble(sessions, id, e);
    }
    return parts.answers().shape(exchange.in(), message, answer);
  }

  private Answer route(HandshakeExchange exchange, Message message) {
    Inbound in = exchange.in();
    if (message instanceof Message.Request request && request.method().equals("initialize")) {
      return opening.initialize(in, request);
    }
    RequestId id = message instanceof Message.Request request ? request.id() : null;
    return switch (HandshakeLookup.of(sessions, in)) {
      case HandshakeLookup.Absent _ -> withoutSession(exchange, message, id);
      case HandshakeLookup.Unknown _ -> HandshakeLookup.sessionUnknown(id);
      case HandshakeLookup.Found(var session) ->
          parts.versionLawful().test(in)
              ? inSession(exchange, session, message)
              : HandshakeLookup.unsupportedVersion(in, id);
    };
  }

  private Answer inSession(HandshakeExchange exchange, Session session, Message message) {
    session.activity().message();
    Answer answer = answered(exchange, session, message);
    if (answer.failure().isPresent()) {
      session.activity().error();
    }
    return answer;
  }

  private Answer answered(HandshakeExchange exchange, Session session, Message message) {
    switch (message) {
      case Message.Request request -> {
        exchange.bind(session);
        Optional<RpcError> refusal = parts.admission().refusal(session, request);
        return refusal
            .map(
                error ->
                    session.machine().state().over()
                        ? HandshakeLookup.sessionUnknown(request.id())
                        : HandshakeLookup.refused(request.id(), error))
            .orElseGet(() -> call(exchange, request, session.inFlight()));
      }
      case Message.Notification notification -> notice(session, notification);
      case Message.Response(var id, var reply) -> session.answer(id, reply);
    }
    return Answer.empty(202);
  }

  private Answer call(HandshakeExchange exchange, Message.Request request, InFlight inFlight) {
    Optional<Method> method = parts.methods().find(request.method());
    if (method.isEmpty()) {
      return Answer.refusal(
          200, request.id(), RpcError.of(ErrorCode.METHOD_NOT_FOUND, request.method()));
    }
    return Execution.run(
            method.get(),
            request,
            inFlight,
            running -> new HandshakeContext(exchange, request, running))
        .map(reply -> finish(exchange, request, reply))
        .orElseGet(Answer::silence);
  }

  private Answer finish(HandshakeExchange exchange, Message.Request request, Reply reply) {
    Session session = exchange.session();
    String revision = session == null ? Revisions.NEWEST_HANDSHAKE : session.revision();
    return switch (reply) {
      case Reply.Result(var value) ->
          Answer.of(
              200,
              request.id(),
              new Reply.Result(
                  parts
                      .shape()
                      .shape(
                          request.method(),
                          HandshakeShape.result(revision, request.method(), value))));
      case Reply.Failure(var error) -> HandshakeFailure.of(session, request.id(), error);
    };
  }

  private void notice(Session session, Message.Notification notification) {
    switch (notification.method()) {
      case "notifications/initialized" -> {
        Outcome<SessionState, SessionEvent> outcome =
            session.machine().fire(SessionEvent.INITIALIZED);
        if (outcome instanceof Outcome.Moved<SessionState, SessionEvent>) {
          sessions.changed(session);
        }
        if (outcome.accepted()) {
          server.fire(ServerEvent.CLIENT_READY);
        }
      }
      case "notifications/cancelled" ->
          Cancellation.target(notification.params()).ifPresent(session::cancel);
      // Roots are asked for when they are needed and never remembered: nothing to forget.
      case "notifications/roots/list_changed" -> {}
      default -> {}
    }
  }

  private Answer withoutSession(
      HandshakeExchange exchange, Message message, @Nullable RequestId id) {
    Inbound in = exchange.in();
    if (in.wire() == Wire.HTTP) {
      return HandshakeLookup.sessionMissing(id);
    }
    return switch (message) {
      // C20: ping is lawful before initialize.
      case Message.Request request when request.method().equals("ping") ->
          call(exchange, request, in.peer().inFlight());
      case Message.Request request ->
          // R175: the phase is named.
          HandshakeLookup.refusal(400, request.id(), "disconnected: initialize first");
      case Message.Notification _, Message.Response _ -> Answer.empty(202);
    };
  }
}

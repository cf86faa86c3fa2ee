package dev.plumbline.server.era;

import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.ClientProfile;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers initialize (lifecycle page of each revision). */
final class HandshakeOpening {
  private final HandshakeParts parts;
  private final Sessions sessions;
  private final ServerCard card;
  private final Offerings offerings;
  private final StateMachine<ServerState, ServerEvent> server;

  HandshakeOpening(
      HandshakeParts parts,
      Sessions sessions,
      ServerCard card,
      Offerings offerings,
      StateMachine<ServerState, ServerEvent> server) {
    this.parts = parts;
    this.sessions = sessions;
    this.card = card;
    this.offerings = offerings;
    this.server = server;
  }

  Answer initialize(Inbound in, Message.Request request) {
    Optional<String> header = in.headers().first(Inbound.VERSION_HEADER);
    if (header.isPresent() && !Revisions.isKnown(header.get())) {
      return HandshakeLookup.unsupportedVersion(in, request.id());
    }
    Optional<String> phase = phase(in);
    if (phase.isPresent()) {
      return HandshakeLookup.refusal(400, request.id(), phase.get() + ": already initialized");
    }
    Optional<String> problem = problem(request.params());
    if (problem.isPresent()) {
      return Answer.refusal(
          200, request.id(), RpcError.of(ErrorCode.INVALID_PARAMS, problem.get()));
    }
    String requested = request.params().path("protocolVersion").stringValue();
    String revision = parts.negotiation().apply(requested);
    ClientProfile client =
        new ClientProfile(
            (ObjectNode) request.params().path("capabilities"),
            (ObjectNode) request.params().path("clientInfo"));
    Optional<Refusal> noRoom = sessions.noRoom(client);
    if (noRoom.isPresent()) {
      return Answer.refused(request.id(), noRoom.get());
    }
    server.fire(ServerEvent.HANDSHAKE_BEGAN);
    Optional<Session> opened;
    try {
      opened =
          switch (in.wire()) {
            case HTTP -> sessions.open(revision, client);
            // Its id is told to nobody, so nobody can ask for it elsewhere.
            case DUPLEX -> sessions.openOnWire(revision, client);
          };
    } catch (StoreException e) {
      server.fire(ServerEvent.HANDSHAKE_FAILED);
      throw e;
    }
    if (opened.isEmpty()) {
      server.fire(ServerEvent.HANDSHAKE_FAILED);
      return Answer.refused(request.id(), sessions.refusal());
    }
    Traces.session(opened.get());
    opened.get().claim(request.id());
    return bind(in, opened.get(), request);
  }

  /**
   * In which phase the session is that this initialize would be the second of. A wire of its own
   * may begin again when its session is over; a header that names a session has no place here.
   */
  private static Optional<String> phase(Inbound in) {
    return switch (in.wire()) {
      case HTTP ->
          in.claimsSession() ? Optional.of("the session named has begun") : Optional.empty();
      case DUPLEX ->
          in.peer()
              .session()
              .map(session -> session.machine().state())
              .filter(state -> !state.over())
              .map(state -> "the session is " + state.published());
    };
  }

  private Answer bind(Inbound in, Session session, Message.Request request) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("protocolVersion", session.revision());
    result.set(
        "capabilities",
        HandshakeCapabilities.of(offerings.catalog(), parts.methods(), session.revision()));
    result.set("serverInfo", card.serverInfo());
    result.put("instructions", card.instructions());
    HandshakeShape.result(session.revision(), "initialize", result);
    Answer answer =
        Answer.of(200, request.id(), new Reply.Result(parts.shape().shape("initialize", result)));
    return switch (in.wire()) {
      case HTTP -> answer.with(Inbound.SESSION_HEADER, session.id());
      case DUPLEX -> {
        in.peer().bind(session);
        session.mailbox().attach(new SinkOutlet(in.sink()));
        yield answer;
      }
    };
  }

  private static Optional<String> problem(ObjectNode params) {
    if (!params.path("protocolVersion").isString()) {
      return Optional.of("protocolVersion must be a string");
    }
    if (!params.path("capabilities").isObject()) {
      return Optional.of("capabilities must be an object");
    }
    JsonNode client = params.path("clientInfo");
    return client instanceof ObjectNode info
            && client.path("name").isString()
            && client.path("version").isString()
        ? ClientProfile.problem(
            "capabilities and clientInfo", (ObjectNode) params.path("capabilities"), info)
        : Optional.of("clientInfo must have a name and a version");
  }
}

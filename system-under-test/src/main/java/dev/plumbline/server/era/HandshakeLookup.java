package dev.plumbline.server.era;

import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which session a message belongs to. */
sealed interface HandshakeLookup {
  /** It names none. */
  record Absent() implements HandshakeLookup {}

  /** It names one that does not live. */
  record Unknown() implements HandshakeLookup {}

  /** It names a living one. */
  record Found(Session session) implements HandshakeLookup {}

  /** Finds the session; counts as use. */
  static HandshakeLookup of(Sessions sessions, Inbound in) {
    Optional<Session> session =
        switch (in.wire()) {
          case HTTP -> {
            List<String> ids = in.headers().all(Inbound.SESSION_HEADER);
            yield ids.size() == 1 ? sessions.find(ids.getFirst()) : Optional.empty();
          }
          case DUPLEX -> in.peer().session().flatMap(bound -> sessions.find(bound.id()));
        };
    if (session.isPresent()) {
      return new Found(session.get());
    }
    return in.claimsSession() ? new Unknown() : new Absent();
  }

  /**
   * The session if it lives in this process; asks no store and never waits, so that an event loop
   * may ask. Does not count as use.
   */
  static Optional<Session> here(Sessions sessions, Inbound in) {
    return switch (in.wire()) {
      case HTTP -> {
        List<String> ids = in.headers().all(Inbound.SESSION_HEADER);
        yield ids.size() == 1 ? sessions.peek(ids.getFirst()) : Optional.empty();
      }
      case DUPLEX -> in.peer().session();
    };
  }

  /** True when the version header, if any, is one a handshake request may carry. */
  static boolean versionLawful(Inbound in) {
    List<String> given = in.headers().all(Inbound.VERSION_HEADER);
    return given.isEmpty() || (given.size() == 1 && Revisions.isHandshake(given.getFirst()));
  }

  /** 2025-11-25 transports, session management: 400 without the header. */
  static Answer sessionMissing(@Nullable RequestId id) {
    return refusal(
        400, id, "disconnected: initialize first; the MCP-Session-Id header is required");
  }

  /** 2025-11-25 transports, session management: 404 for a session that has ended. */
  static Answer sessionUnknown(@Nullable RequestId id) {
    return refusal(404, id, "no such session");
  }

  /** 2025-11-25 transports, protocol version header: 400 for one that is not served. */
  static Answer unsupportedVersion(Inbound in, @Nullable RequestId id) {
    String given = in.headers().first(Inbound.VERSION_HEADER).orElse("");
    return refusal(400, id, "MCP-Protocol-Version " + given + " is not supported");
  }

  /** What a request is told that the session does not take in its phase. */
  static RpcError error(Outcome.Refused<SessionState, SessionEvent> refusal) {
    // The server itself goes on: only this session takes nothing new.
    return refusal.state().movesOn()
        ? new RpcError(ErrorCode.DRAINING.code(), "Request refused: " + refusal.reason(), null)
        : RpcError.of(ErrorCode.INVALID_REQUEST, refusal.reason());
  }

  /** The answer to a request that the session does not take in its phase. */
  static Answer refused(
      @Nullable RequestId id, Outcome.Refused<SessionState, SessionEvent> refusal) {
    return refusal.state().over() ? sessionUnknown(id) : refused(id, error(refusal));
  }

  /** The answer with this error. */
  static Answer refused(@Nullable RequestId id, RpcError error) {
    return error.is(ErrorCode.DRAINING)
        ? Answer.refusal(ErrorStatus.of(ErrorCode.DRAINING), id, error)
            .with("Retry-After", ErrorStatus.RETRY_AFTER_SECONDS)
        : Answer.refusal(400, id, error);
  }

  /** The answer while nobody can say, or store, what a session is. */
  static Answer storeTrouble(Sessions sessions, @Nullable RequestId id, StoreException trouble) {
    return trouble.kind() == StoreException.Kind.FULL
        ? Answer.refused(id, sessions.refusal())
        : Answer.storeless(id);
  }

  /** A refusal of what is not a lawful request. */
  static Answer refusal(int status, @Nullable RequestId id, String why) {
    return Answer.refusal(status, id, RpcError.of(ErrorCode.INVALID_REQUEST, why));
  }
}

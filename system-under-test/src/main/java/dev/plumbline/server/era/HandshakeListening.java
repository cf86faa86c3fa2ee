package dev.plumbline.server.era;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.session.EventStream;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.Streams;
import java.util.List;
import java.util.Optional;

/**
 * HTTP GET: a client listens for what is said outside any request, or comes back to a stream it
 * lost (2025-11-25 basic/transports, listening for messages; resumability).
 */
final class HandshakeListening {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Sessions sessions;

  HandshakeListening(Sessions sessions) {
    this.sessions = sessions;
  }

  Answer get(Inbound in) {
    if (!HandshakeLookup.versionLawful(in)) {
      return HandshakeLookup.unsupportedVersion(in, null);
    }
    return switch (HandshakeLookup.of(sessions, in)) {
      case HandshakeLookup.Absent _ -> HandshakeLookup.sessionMissing(null);
      case HandshakeLookup.Unknown _ -> HandshakeLookup.sessionUnknown(null);
      case HandshakeLookup.Found(var session) -> listen(in, session);
    };
  }

  private Answer listen(Inbound in, Session session) {
    if (!EventStreams.listed(in)) {
      return HandshakeLookup.refusal(406, null, "Accept must list text/event-stream");
    }
    Outcome<SessionState, SessionEvent> woken = session.machine().fire(SessionEvent.LISTEN);
    if (woken instanceof Outcome.Refused<SessionState, SessionEvent> refusal) {
      return HandshakeLookup.refused(null, refusal);
    }
    if (sessions.handedOver()) {
      return sentAway(in);
    }
    List<String> last = in.headers().all(LAST_EVENT_ID);
    if (last.isEmpty() || last.equals(List.of(""))) {
      return follow(in, session);
    }
    Optional<Streams.Position> position =
        last.size() == 1 ? session.streams().find(last.getFirst()) : Optional.empty();
    return position.map(found -> resume(in, session, found)).orElseGet(HandshakeListening::gone);
  }

  private static Answer follow(Inbound in, Session session) {
    Optional<Refusal> refusal = in.lease().last();
    if (refusal.isPresent()) {
      return Answer.refused(null, refusal.get());
    }
    Optional<EventStream> stream = session.streams().forListening();
    if (stream.isEmpty()) {
      // The session may have ended meanwhile, and its streams with it.
      return session.machine().state().over()
          ? HandshakeLookup.sessionUnknown(null)
          : Answer.refused(null, Refusal.of("session_streams", Limits.MAX_LISTENING));
    }
    try {
      stream
          .get()
          .follow(
              new SinkOutlet(in.sink()),
              HandshakeExchange.primes(session),
              session.mailbox()::deliver);
    } catch (InterruptedException e) {
      // The connection is gone; the stream waits for its client.
      Thread.currentThread().interrupt();
    }
    return Answer.streamed();
  }

  private static Answer resume(Inbound in, Session session, Streams.Position position) {
    Optional<Refusal> refusal = in.lease().last();
    if (refusal.isPresent()) {
      return Answer.refused(null, refusal.get());
    }
    try {
      boolean resumed =
          position.stream()
              .resume(new SinkOutlet(in.sink()), position.message(), session.mailbox()::deliver);
      return resumed ? Answer.streamed() : gone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.streamed();
    }
  }

  /** Another process has the session: the client comes back to it at once. */
  private static Answer sentAway(Inbound in) {
    SinkOutlet outlet = new SinkOutlet(in.sink());
    try {
      var _ = outlet.write(null, Limits.RECONNECT_ELSEWHERE, MessageKind.NEWS, new byte[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.streamed();
  }

  /** Not 404: that would say that the session has ended. */
  private static Answer gone() {
    return HandshakeLookup.refusal(
        400, null, LAST_EVENT_ID + " names no event that can be resumed after");
  }
}

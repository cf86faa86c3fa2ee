package dev.plumbline.server.era;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.EventStream;
import dev.plumbline.server.session.Session;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one message, or one batch: over HTTP nothing until something must be said
 * ahead of the answer, then an event stream of the session that can be resumed; on a duplex wire
 * one message after the other.
 */
final class HandshakeExchange {
  private final Inbound in;
  private final SaidShape said;
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable Session session;
  private @Nullable EventStream stream;
  private boolean answered;

  HandshakeExchange(Inbound in, SaidShape said) {
    this.in = in;
    this.said = said;
  }

  Inbound in() {
    return in;
  }

  @Nullable Session session() {
    return session;
  }

  /** The session it belongs to is known. */
  void bind(Session found) {
    session = found;
    Traces.session(found);
  }

  /** Says one message ahead of the answer; false when it cannot be said. */
  boolean send(MessageKind kind, byte[] message) throws InterruptedException {
    boolean sent = true;
    for (byte[] one : said.shape(session, message)) {
      sent &= say(kind, one);
    }
    return sent;
  }

  private boolean say(MessageKind kind, byte[] message) throws InterruptedException {
    if (in.wire() == Wire.DUPLEX) {
      opening.lock();
      try {
        return !answered && in.sink().event(EventSink.Event.of(kind, message));
      } finally {
        opening.unlock();
      }
    }
    Optional<EventStream> open = stream();
    return open.isPresent() && open.get().say(kind, message);
  }

  /** The rest of the answer's way: on the stream, if there is one. */
  Answer finish(Answer answer) {
    EventStream open;
    opening.lock();
    try {
      answered = true;
      open = stream;
    } finally {
      opening.unlock();
    }
    if (open == null) {
      return answer;
    }
    byte[] bytes = answer.bytes();
    try {
      open.finish(bytes.length == 0 ? null : bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.streamed(answer);
  }

  /** 2025-11-25 basic/transports, sending messages: the client polls for the rest. */
  void disconnect() throws InterruptedException {
    if (in.wire() == Wire.HTTP && session != null && primes(session)) {
      Optional<EventStream> open = stream();
      if (open.isPresent()) {
        open.get().disconnect(Limits.RECONNECT);
      }
    }
  }

  /** Only clients of this revision expect an event without a message. */
  static boolean primes(Session session) {
    return session.revision().equals(Revisions.NEWEST_HANDSHAKE);
  }

  private Optional<EventStream> stream() throws InterruptedException {
    opening.lock();
    try {
      if (stream == null && !answered && session != null && EventStreams.accepted(in)) {
        Optional<EventStream> opened = session.streams().forRequest();
        if (opened.isPresent()) {
          stream = opened.get();
          stream.begin(new SinkOutlet(said.sink(in)), primes(session));
        }
      }
      return Optional.ofNullable(stream);
    } finally {
      opening.unlock();
    }
  }
}

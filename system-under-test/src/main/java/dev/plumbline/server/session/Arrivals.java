package dev.plumbline.server.session;

import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StreamRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process that took sessions over is told, and asked, by the one that had them and still
 * finishes requests.
 */
public final class Arrivals implements Relay {
  /** Requests that go on elsewhere and have a stream here. */
  private record Running(String session, long stream) {}

  private final Sessions sessions;
  private final Finisher finisher;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  Arrivals(Sessions sessions, Finisher finisher) {
    this.sessions = sessions;
    this.finisher = finisher;
  }

  /** Goes on with sessions; how many live here now. */
  public int take(List<SessionRecord> records) {
    int taken = sessions.entrance().take(records, finisher);
    for (SessionRecord kept : records) {
      kept.streams().stream()
          .filter(stream -> !stream.listening() && !stream.finished())
          .forEach(stream -> running.add(new Running(kept.id(), stream.number())));
    }
    return taken;
  }

  /** A request that goes on elsewhere changed a session; false when it was changed here, too. */
  public boolean update(SessionRecord changed) {
    return sessions
        .find(changed.id())
        .filter(session -> session.keeping().changes() == changed.changes() - 1)
        .map(
            session -> {
              sessions.change(session, own -> Portrait.imitate(own, changed));
              return true;
            })
        .orElse(false);
  }

  /** The session as it is here. */
  public Optional<SessionRecord> find(String id) {
    return sessions
        .find(id)
        .map(session -> Portrait.of(session, session.keeping().changes(), sessions.now()));
  }

  /** How often the session was changed. */
  public OptionalLong changes(String id) {
    return sessions
        .find(id)
        .map(session -> OptionalLong.of(session.keeping().changes()))
        .orElse(OptionalLong.empty());
  }

  /** A request that goes on elsewhere ends a session. */
  public boolean delete(String id) {
    return sessions.find(id).map(sessions::terminate).orElse(false);
  }

  @Override
  public void posted(String session, byte[] message) {
    sessions.peek(session).ifPresent(found -> found.mailbox().post(message));
  }

  @Override
  public void began(String session, StreamRecord stream) {
    sessions
        .peek(session)
        .ifPresent(
            found -> {
              found.streams().take(stream);
              running.add(new Running(session, stream.number()));
            });
  }

  @Override
  public void said(String session, long stream, MessageKind kind, byte[] message) {
    find(session, stream).ifPresent(found -> found.follow(kind, message));
  }

  @Override
  public void finished(String session, long stream) {
    if (running.remove(new Running(session, stream))) {
      find(session, stream).ifPresent(Arrivals::finish);
    }
  }

  private static void finish(EventStream stream) {
    try {
      stream.finish(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing more comes: what had not finished elsewhere never will. */
  public void over() {
    sessions.forEach(session -> session.finishedBy(null));
    for (Running one : running) {
      find(one.session(), one.stream()).ifPresent(EventStream::forget);
    }
    running.clear();
  }

  private Optional<EventStream> find(String session, long stream) {
    return sessions.peek(session).flatMap(found -> found.streams().numbered(stream));
  }
}

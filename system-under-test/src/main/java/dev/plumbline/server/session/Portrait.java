package dev.plumbline.server.session;

import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** From a living session to its record and back. */
final class Portrait {
  private Portrait() {}

  /** What the store keeps of a session: neither streams nor requests. */
  static SessionRecord of(Session session, long changes, Instant now) {
    return new SessionRecord(
        session.id(),
        session.revision(),
        session.client(),
        phase(session.machine().state()),
        session.keeping().created(),
        used(session, now),
        changes,
        session.logLevel(),
        session.subscriptions().all(),
        session.elicitations().all(),
        List.of(),
        List.of(),
        session.streams().lastNumber(),
        List.of(),
        session.drainedUntil());
  }

  /**
   * Everything of a session, for a process that goes on with it now; what happens to its streams
   * and its mail from now on is told there. Who drains it goes on doing so.
   */
  static SessionRecord whole(Session session, Instant now, Relay other) {
    List<byte[]> waiting =
        session.mailbox().redirect(message -> other.posted(session.id(), message));
    List<StreamRecord> streams = session.streams().handOver(session.id(), other);
    SessionRecord kept = of(session, session.keeping().changes(), now);
    return new SessionRecord(
        kept.id(),
        kept.revision(),
        kept.client(),
        kept.phase(),
        kept.created(),
        kept.used(),
        kept.changes(),
        kept.logLevel(),
        kept.subscriptions(),
        kept.elicitations(),
        session.recentRequests(),
        streams,
        kept.lastStream(),
        waiting.stream().map(data -> new String(data, StandardCharsets.UTF_8)).toList());
  }

  /** When its client was heard of last, in milliseconds as every store keeps it. */
  static Instant used(Session session, Instant now) {
    return now.minus(session.machine().unused()).truncatedTo(ChronoUnit.MILLIS);
  }

  private static SessionRecord.Phase phase(SessionState state) {
    return switch (state) {
      case INITIALIZING -> SessionRecord.Phase.INITIALIZING;
      case SUSPENDED -> SessionRecord.Phase.SUSPENDED;
      case ACTIVE, RESUMING, PAUSED, UPGRADING, EXPIRING, TERMINATING, DEAD ->
          SessionRecord.Phase.ACTIVE;
    };
  }

  /** A new session takes up where its record ends. */
  static void restore(Session session, SessionRecord kept, Instant now) {
    Duration unused = Duration.between(kept.used(), now);
    session.machine().touch(unused.isNegative() ? Duration.ZERO : unused);
    if (kept.settled()) {
      session.machine().fire(SessionEvent.RESTORED);
    }
    kept.requestIds().forEach(session::claim);
    kept.streams().forEach(session.streams()::take);
    kept.priorityQueue().stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .forEach(session.mailbox()::post);
    follow(session, kept);
  }

  /** A living session takes over what another process changed, and stored. */
  static void follow(Session session, SessionRecord kept) {
    imitate(session, kept);
    session.keeping().changes(kept.changes());
  }

  /** A living session becomes what the record says. */
  static void imitate(Session session, SessionRecord kept) {
    if (kept.settled() && session.machine().state() == SessionState.INITIALIZING) {
      session.machine().fire(SessionEvent.INITIALIZED);
    }
    session.logLevel(kept.logLevel());
    session.subscriptions().replace(kept.subscriptions());
    session.elicitations().replace(kept.elicitations());
    session.followDrain(kept.drainedUntil());
  }
}

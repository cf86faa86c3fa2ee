package dev.plumbline.server.session;

import dev.plumbline.server.session.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Drains of sessions that several processes have: the record says that a session is drained, so
 * that none of them takes a new request of it, and each lets finish what it has begun.
 */
public final class SharedDrains {
  private final Sessions sessions;
  private final Keeper keeper;

  /** Sessions that other processes drain, until somebody asks; at most as many as live here. */
  private final Queue<Session> elsewhere = new ConcurrentLinkedQueue<>();

  SharedDrains(Sessions sessions, Keeper keeper) {
    this.sessions = sessions;
    this.keeper = keeper;
  }

  /** True when other processes may have the session, too. */
  public boolean covers(Session session) {
    return keeper.shared() && session.keeping().kept();
  }

  /**
   * Tells the other processes that a session is drained.
   *
   * @param until when it ends at the latest
   * @throws StoreException when they cannot be told now
   */
  public void announce(Session session, Instant until) {
    Instant latest = until.truncatedTo(ChronoUnit.MILLIS);
    sessions.change(session, own -> own.drainedUntil(Optional.of(latest)));
  }

  /**
   * The session with this id, that lives elsewhere and from now on here, too.
   *
   * @throws StoreException when nobody can say whether there is one, or there is no room for it
   */
  public Optional<Session> fetch(String id) {
    return keeper.shared() ? sessions.find(id) : Optional.empty();
  }

  /** Another process drains the session. */
  void begun(Session session) {
    elsewhere.add(session);
  }

  /** The sessions that other processes began to drain since this was asked last. */
  public List<Session> begunElsewhere() {
    List<Session> all = new ArrayList<>();
    for (Session one = elsewhere.poll(); one != null; one = elsewhere.poll()) {
      all.add(one);
    }
    return all;
  }

  /** When a session that another process drains ends at the latest, as its record says. */
  public Optional<Instant> latest(Session session) {
    return session.drainedUntil();
  }

  /** True once whoever drains the session has ended it: only what works here is still awaited. */
  public boolean ended(Session session) {
    return !session.keeping().kept();
  }

  /**
   * The record of a session is gone. One that is drained finishes what it has begun; every other
   * ends here, too.
   *
   * @return true when it goes on for a while
   */
  boolean lingers(Session session) {
    if (session.drainedUntil().isPresent() && session.machine().state().movesOn()) {
      session.keeping().fate(Keeping.Fate.LEFT);
      return true;
    }
    session.leave();
    return false;
  }
}

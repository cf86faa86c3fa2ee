package dev.plumbline.server.session;

import dev.plumbline.server.config.SessionSettings;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the living sessions and their records in step: what was acknowledged is stored, and what
 * another process changed or ended is known before a request of the session begins.
 */
final class Keeper {
  /** Others may have changed a session so often while this process tries to. */
  private static final int MAX_ATTEMPTS = 5;

  /** Clocks and records are this coarse. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private static final int MAX_TOGETHER = 1_000;

  private final SessionStore store;
  private final InstantSource clock;
  private final Supplier<SessionSettings> rules;

  /** Sessions that ended here while the store could not be told. */
  private final Set<String> toDelete = ConcurrentHashMap.newKeySet();

  private volatile Instant flushed;
  private volatile Instant compared;

  Keeper(SessionStore store, InstantSource clock, Supplier<SessionSettings> rules) {
    this.store = store;
    this.clock = clock;
    this.rules = rules;
    this.flushed = clock.instant();
    this.compared = flushed;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** True when other processes use the store, too. */
  boolean shared() {
    return store.shared();
  }

  /** Stores a new session. */
  void create(Session session) {
    store.create(Portrait.of(session, session.keeping().changes(), now()));
  }

  /** Those of these that the store does not hold. */
  List<SessionRecord> missing(List<SessionRecord> records) {
    Map<String, Long> known =
        records.isEmpty()
            ? Map.of()
            : store.changes(records.stream().map(SessionRecord::id).toList());
    return records.stream().filter(one -> !known.containsKey(one.id())).toList();
  }

  /** Stores what another process handed over. */
  void put(SessionRecord kept) {
    store.create(kept.bare());
  }

  /**
   * The record of a session that does not live here; empty when there is none, or it is too old.
   */
  Optional<SessionRecord> find(String id) {
    if (toDelete.contains(id)) {
      return Optional.empty();
    }
    Instant oldest = now().minus(rules.get().idle());
    return store.find(id).filter(kept -> kept.used().isAfter(oldest));
  }

  /**
   * Makes sure that a living session is what the store says; false when it was ended elsewhere.
   * While the store cannot be asked, what lives here goes on.
   */
  boolean current(Session session) {
    Keeping keeping = session.keeping();
    if (!store.shared() || !keeping.kept()) {
      return true;
    }
    OptionalLong changes;
    try {
      changes = store.changes(session.id());
      if (changes.isPresent() && changes.getAsLong() == keeping.changes()) {
        return true;
      }
      return changes.isPresent() && catchUp(session);
    } catch (StoreException e) {
      return true;
    }
  }

  private boolean catchUp(Session session) {
    session.keeping().changing().lock();
    try {
      Optional<SessionRecord> kept = store.find(session.id());
      kept.ifPresent(now -> Portrait.follow(session, now));
      return kept.isPresent();
    } finally {
      session.keeping().changing().unlock();
    }
  }

  /**
   * Changes a session, and its record before anybody is told.
   *
   * @param how may be applied more than once
   * @return false when the session was ended elsewhere
   * @throws StoreException when it could not be stored; the session is as before
   */
  boolean change(Session session, Consumer<Session> how) {
    Keeping keeping = session.keeping();
    if (!keeping.kept()) {
      how.accept(session);
      return true;
    }
    keeping.changing().lock();
    try {
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        SessionRecord before = Portrait.of(session, keeping.changes(), now());
        how.accept(session);
        if (stored(session, before)) {
          return true;
        }
        Optional<SessionRecord> elsewhere = store.find(session.id());
        if (elsewhere.isEmpty()) {
          return false;
        }
        Portrait.follow(session, elsewhere.get());
      }
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "a session is changed by too many at once");
    } finally {
      keeping.changing().unlock();
    }
  }

  private boolean stored(Session session, SessionRecord before) {
    Keeping keeping = session.keeping();
    SessionRecord after = Portrait.of(session, keeping.changes() + 1, now());
    try {
      if (!store.update(after)) {
        return false;
      }
    } catch (StoreException e) {
      Portrait.follow(session, before);
      throw e;
    }
    keeping.changes(after.changes());
    keeping.behind(false);
    return true;
  }

  /** Removes the record of a session that is about to end. */
  void delete(Session session) {
    Keeping keeping = session.keeping();
    if (keeping.kept()) {
      store.delete(session.id());
      keeping.fate(Keeping.Fate.DELETED);
    }
  }

  /** A session has ended without the store: its record goes as soon as that is possible. */
  void ended(Session session) {
    if (session.keeping().kept()) {
      toDelete.add(session.id());
    }
  }

  /**
   * Prepares the end of a session whose time has passed here.
   *
   * @throws StoreException when it cannot end now
   */
  void expire(Session session, Duration limit) {
    Keeping keeping = session.keeping();
    if (!keeping.kept()) {
      return;
    }
    if (!store.shared()) {
      delete(session);
      return;
    }
    // Another process may have used it since: then it only ends here.
    Instant usedBefore = now().minus(limit).plus(SLACK);
    boolean deleted = store.deleteUnused(session.id(), keeping.changes(), usedBefore);
    keeping.fate(deleted ? Keeping.Fate.DELETED : Keeping.Fate.LEFT);
  }

  /** True once every flush interval. */
  boolean flushIsDue() {
    return !flushed.plus(Limits.SESSION_FLUSH).isAfter(now());
  }

  /**
   * Tells the store what it does not know yet, and removes what nobody came back to, here or in a
   * process that is dead.
   */
  void flush(Collection<Session> living) {
    flushed = now();
    for (String id : List.copyOf(toDelete)) {
      var _ = store.delete(id);
      toDelete.remove(id);
    }
    Map<String, Instant> used = new HashMap<>();
    for (Session session : living) {
      Keeping keeping = session.keeping();
      if (keeping.kept() && keeping.behind()) {
        var _ = change(session, _ -> {});
      }
      Instant last = Portrait.used(session, now());
      if (keeping.kept() && last.isAfter(keeping.told())) {
        keeping.told(last);
        used.put(session.id(), last);
      }
      if (used.size() == MAX_TOGETHER) {
        store.touch(used);
        used.clear();
      }
    }
    if (!used.isEmpty()) {
      store.touch(used);
    }
    // What other processes know is a flush interval old.
    Instant latest = now().minus(Limits.SESSION_FLUSH.multipliedBy(2));
    SessionSettings limits = rules.get();
    var _ =
        store.expire(latest.minus(limits.handshake()), latest.minus(limits.idle()), MAX_TOGETHER);
  }

  /** True once every interval in which sessions of other processes are looked at. */
  boolean comparisonIsDue() {
    return store.shared() && !compared.plus(Limits.SESSION_COMPARED).isAfter(now());
  }

  /** The living sessions that were ended elsewhere; those that were changed catch up. */
  List<Session> endedElsewhere(Collection<Session> living) {
    compared = now();
    List<Session> kept = living.stream().filter(session -> session.keeping().kept()).toList();
    Map<String, Long> changes = store.changes(kept.stream().map(Session::id).toList());
    return kept.stream()
        .filter(session -> session.keeping().kept())
        .filter(
            session -> {
              Long known = changes.get(session.id());
              if (known == null) {
                return true;
              }
              return known > session.keeping().changes() && !catchUp(session);
            })
        .toList();
  }

  void close() {
    store.close();
  }
}

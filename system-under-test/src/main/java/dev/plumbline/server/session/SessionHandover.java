package dev.plumbline.server.session;

import dev.plumbline.server.registry.Shelf;
import dev.plumbline.server.session.store.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions while another process has them, and this one only finishes their requests. What
 * comes the other way is taken by {@link Arrivals}.
 */
final class SessionHandover {
  private final Shelf<Session> living;
  private final Keeper keeper;
  private volatile @Nullable Relay relay;

  SessionHandover(Shelf<Session> living, Keeper keeper) {
    this.living = living;
    this.keeper = keeper;
  }

  /** Hands the sessions over; they are as they are now. */
  List<SessionRecord> begin(Relay other) {
    relay = other;
    List<Session> all = new ArrayList<>();
    living.forEach(all::add);
    return all.stream()
        .filter(session -> session.keeping().fate() != Keeping.Fate.NEVER_KEPT)
        .map(session -> Portrait.whole(session, keeper.now(), other))
        .toList();
  }

  /** The other process did not take the sessions: what its store may lack is stored. */
  void undo() {
    relay = null;
    living.forEach(
        session -> {
          session.streams().stay();
          session.mailbox().stay();
        });
    List<SessionRecord> records = new ArrayList<>();
    living.forEach(
        session -> {
          if (session.keeping().kept()) {
            records.add(Portrait.of(session, session.keeping().changes(), keeper.now()));
          }
        });
    keeper.missing(records).forEach(keeper::put);
  }

  /** True while another process has the sessions. */
  boolean done() {
    return relay != null;
  }

  /** A session began: the process that has the others goes on with it, too. */
  void begun(Session session) {
    Relay now = relay;
    if (now != null && session.keeping().fate() != Keeping.Fate.NEVER_KEPT) {
      var _ = Portrait.whole(session, keeper.now(), now);
    }
  }
}

package dev.plumbline.server.session;

import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registration;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a session comes to live here, as long as there is room: opened by a client, or gone on with
 * where its record ends.
 */
final class Entrance {
  /** Anything else was never an id of ours: the store is not asked. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Streams that may begin within a millisecond, so to speak. */
  private static final int STREAM_BITS = 10;

  private final OpaqueIds ids = new OpaqueIds();
  private final RolePermits permits;
  private final Registry registry;
  private final Shelf<Session> living;
  private final Keeper keeper;
  private final Session.Setting setting;
  private final StateMachine<ServerState, ServerEvent> server;
  private final SessionHandover handover;
  private final Room room = new Room();

  /**
   * An entrance.
   *
   * @param permits how many sessions there may be
   * @param registry where the owners of what belongs to sessions are
   * @param living where the sessions are registered
   * @param keeper keeps their records
   * @param setting what they run with
   * @param server is told of clients that finished their handshake elsewhere
   * @param handover is told of every session
   */
  Entrance(
      RolePermits permits,
      Registry registry,
      Shelf<Session> living,
      Keeper keeper,
      Session.Setting setting,
      StateMachine<ServerState, ServerEvent> server,
      SessionHandover handover) {
    this.permits = permits;
    this.registry = registry;
    this.living = living;
    this.keeper = keeper;
    this.setting = setting;
    this.server = server;
    this.handover = handover;
  }

  /** The memory that sessions may take. */
  Room room() {
    return room;
  }

  /**
   * Opens a session; empty when the cap is reached.
   *
   * @throws StoreException when it cannot be stored: nobody may be told of it
   */
  Optional<Session> open(String revision, ClientProfile client, Keeping.Fate fate) {
    if (!permits.tryTake()) {
      return Optional.empty();
    }
    Keeping keeping = new Keeping(keeper.now(), fate, 1);
    Session session = begun(ids.next(), revision, client, keeping);
    if (living.register(session.id(), session, session.owner()) != Registration.DONE) {
      permits.giveBack();
      return Optional.empty();
    }
    room.took(client);
    if (fate == Keeping.Fate.OPENING) {
      try {
        keeper.create(session);
        keeping.fate(Keeping.Fate.KEPT);
      } catch (StoreException e) {
        session.leave(SessionEnd.UNSTORED);
        throw e;
      }
    }
    return Optional.of(session);
  }

  /** Goes on with a session that another process, or this one before it was started, began. */
  Optional<Session> adopt(String id) {
    Optional<SessionRecord> kept = FORM.matcher(id).matches() ? keeper.find(id) : Optional.empty();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    if (!permits.tryTake()) {
      throw new StoreException(
          StoreException.Kind.FULL, "the session is kept, but there is no room for it here");
    }
    Optional<Session> session = restored(kept.get(), null);
    if (session.isEmpty()) {
      // Another request of this session was first.
      return living.lookup(id);
    }
    session.get().machine().touch();
    ready(kept.get());
    return session;
  }

  /**
   * Goes on with sessions that another process handed over.
   *
   * @param finisher finishes their requests
   * @return how many live here now; those for which there is no room are kept
   */
  int take(List<SessionRecord> records, Finisher finisher) {
    List<SessionRecord> news = keeper.missing(records);
    int taken = 0;
    for (SessionRecord kept : records) {
      if (permits.tryTake() && restored(kept, finisher).isPresent()) {
        taken++;
        ready(kept);
      }
    }
    news.forEach(keeper::put);
    return taken;
  }

  /** The place of a session that has ended is free. */
  void left(Session session, Reason reason) {
    if (living.unregister(session.id(), session, reason)) {
      permits.giveBack();
      room.left(session.client());
    }
    registry.end(session.owner());
  }

  /** Uses a permit, or gives it back; empty when the session lives here already. */
  private Optional<Session> restored(SessionRecord kept, @Nullable Finisher finisher) {
    Keeping keeping = new Keeping(kept.created(), Keeping.Fate.KEPT, kept.changes());
    Session session = begun(kept.id(), kept.revision(), kept.client(), keeping);
    Portrait.restore(session, kept, keeper.now());
    session.finishedBy(finisher);
    numberAfresh(session);
    if (living.register(session.id(), session, session.owner()) == Registration.DONE) {
      room.took(kept.client());
      return Optional.of(session);
    }
    permits.giveBack();
    registry.end(session.owner());
    return Optional.empty();
  }

  private Session begun(String id, String revision, ClientProfile client, Keeping keeping) {
    Session session =
        new Session(id, revision, client, registry.owner("session", id), keeping, setting);
    handover.begun(session);
    return session;
  }

  /** What its streams were called elsewhere nobody knows: theirs begin beyond any of them. */
  private void numberAfresh(Session session) {
    long number =
        (keeper.now().toEpochMilli() << STREAM_BITS)
            | ThreadLocalRandom.current().nextInt(1 << STREAM_BITS);
    session.streams().startAfter(number);
    session.asks().startAfter(number);
  }

  private void ready(SessionRecord kept) {
    if (kept.settled()) {
      server.fire(ServerEvent.CLIENT_READY);
    }
  }
}

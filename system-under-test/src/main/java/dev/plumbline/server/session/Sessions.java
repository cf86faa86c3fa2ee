package dev.plumbline.server.session;

import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SessionSettings;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import dev.plumbline.server.session.store.MemoryStore;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bounded register of living sessions. Every session that can be named on another connection
 * has a record in the store, which is written before anybody is told of a change.
 */
public final class Sessions implements AutoCloseable {
  /** Sessions in the registry, by id; each is its own owner's first entry. */
  public static final EntryType<Session> TYPE = EntryType.of("session", Session.class);

  private final Registry registry;
  private final Shelf<Session> living;
  private final List<Consumer<Session>> endListeners = new CopyOnWriteArrayList<>();
  private final RolePermits permits;
  private final Keeper keeper;
  private final SharedDrains drains;
  private final ReplayBudget replayBudget = new ReplayBudget(Limits.MAX_KEPT_BYTES_IN_ALL);
  private final SessionHandover handover;
  private final Entrance entrance;
  private final StateMachine<ServerState, ServerEvent> server;

  /**
   * A register that tells the server's lifecycle when handshakes fail and sessions end.
   *
   * @param permits how many sessions there may be
   * @param machines starts the lifecycles of sessions and their streams
   * @param patience how long the timeouts of sessions are
   * @param registry where they are registered, and what belongs to them
   */
  public Sessions(
      RolePermits permits,
      Machines machines,
      Patience<SessionState, SessionEvent> patience,
      StateMachine<ServerState, ServerEvent> server,
      Registry registry) {
    this(
        permits,
        new Keep(
            new MemoryStore(), InstantSource.system(), () -> ServerConfig.standard().sessions()),
        machines,
        patience,
        server,
        registry);
  }

  /**
   * Where the records of sessions are kept.
   *
   * @param store keeps them
   * @param clock the wall clock, which other processes can read, too
   * @param rules how long sessions live
   */
  public record Keep(SessionStore store, InstantSource clock, Supplier<SessionSettings> rules) {}

  /**
   * A register whose sessions are kept in a store.
   *
   * @param permits how many sessions there may be here
   * @param keep where their records are
   * @param machines starts the lifecycles of sessions and their streams
   * @param patience how long the timeouts of sessions are
   * @param server is told when handshakes fail, and when the last session ends
   * @param registry where they are registered, and what belongs to them
   */
  public Sessions(
      RolePermits permits,
      Keep keep,
      Machines machines,
      Patience<SessionState, SessionEvent> patience,
      StateMachine<ServerState, ServerEvent> server,
      Registry registry) {
    this.registry = registry;
    this.living = registry.shelf(TYPE, _ -> {});
    this.permits = permits;
    this.keeper = new Keeper(keep.store(), keep.clock(), keep.rules());
    this.drains = new SharedDrains(this, keeper);
    this.server = server;
    this.handover = new SessionHandover(living, keeper);
    this.entrance =
        new Entrance(
            permits,
            registry,
            living,
            keeper,
            new Session.Setting(machines, patience, replayBudget, this::ended, drains::begun),
            server,
            handover);
    permits.ages(this::oldestMillis);
  }

  private long oldestMillis() {
    long now = keeper.now().toEpochMilli();
    long[] oldest = {now};
    living.forEach(
        session -> oldest[0] = Math.min(oldest[0], session.activity().created().toEpochMilli()));
    return now - oldest[0];
  }

  /** Adds a listener that is given every session as it ends; must not block. */
  public void onEnd(Consumer<Session> listener) {
    endListeners.add(listener);
  }

  /** What is told to whom no session was opened just now. */
  public Refusal refusal() {
    return permits.refusal();
  }

  /** What is measured says why nothing that lasts may begin now. */
  public void measuredBy(Supplier<Optional<Refusal>> memory) {
    entrance.room().measured(memory);
  }

  /** Why nothing that lasts may begin in a session now; empty when it may. */
  public Optional<Refusal> noRoom() {
    return entrance.room().refusal();
  }

  /** Why there is no memory for a session of this client now; empty when there is. */
  public Optional<Refusal> noRoom(ClientProfile client) {
    return entrance.room().refusal(client);
  }

  /** Opens a session of a client that said nothing of itself; empty when the cap is reached. */
  public Optional<Session> open(String revision) {
    return open(revision, ClientProfile.unknown());
  }

  /**
   * Opens a session; empty when the cap is reached.
   *
   * @throws StoreException when it cannot be stored: nobody may be told of it
   */
  public Optional<Session> open(String revision, ClientProfile client) {
    return entrance.open(revision, client, Keeping.Fate.OPENING);
  }

  /** Opens a session that ends with its wire, so that nobody needs its record. */
  public Optional<Session> openOnWire(String revision, ClientProfile client) {
    return entrance.open(revision, client, Keeping.Fate.NEVER_KEPT);
  }

  /**
   * The session with this id, wherever it lived until now; counts as use.
   *
   * @throws StoreException when nobody can say now whether there is one
   */
  public Optional<Session> find(String id) {
    Session session = living.get(id);
    if (session == null) {
      return entrance.adopt(id);
    }
    if (!keeper.current(session)) {
      return drains.lingers(session) ? Optional.of(session) : Optional.empty();
    }
    session.machine().touch();
    return Optional.of(session);
  }

  /**
   * The living session that an operator means; does not count as use.
   *
   * @param name its id, or the pseudonym by which it is shown
   */
  public Optional<Session> named(String name) {
    Optional<Session> exact = peek(name);
    return exact.isPresent() || !Pseudonym.is(name)
        ? exact
        : living.first(session -> session.pseudonym().equals(name));
  }

  /**
   * Another process goes on with the sessions. Requests that have begun are finished here; what
   * they change is stored where the other process says, what they tell goes through it.
   *
   * @return the sessions as they are now
   */
  public List<SessionRecord> handOver(Relay other) {
    return handover.begin(other);
  }

  /** The other process did not take the sessions. */
  public void stay() {
    handover.undo();
  }

  /** True while another process has the sessions: who wants to listen is sent there. */
  public boolean handedOver() {
    return handover.done();
  }

  /** Where the sessions of another process arrive. */
  public Arrivals arrivals(Finisher other) {
    return new Arrivals(this, other);
  }

  /** What another process, which has the sessions, tells about them. */
  public Finisher leftovers() {
    return new Leftovers(this);
  }

  Instant now() {
    return keeper.now();
  }

  Entrance entrance() {
    return entrance;
  }

  private List<Session> living() {
    List<Session> all = new ArrayList<>();
    living.forEach(all::add);
    return all;
  }

  /**
   * Changes a session and its record, in this order of visibility: nobody is told before it is
   * stored.
   *
   * @param how may be applied more than once
   * @throws StoreException when it cannot be stored; the session is as before
   */
  public void change(Session session, Consumer<Session> how) {
    if (!keeper.change(session, how)) {
      var _ = drains.lingers(session);
    }
  }

  /**
   * A session was changed by something that cannot be refused: its record follows, now or later.
   */
  public void changed(Session session) {
    session.keeping().behind(true);
    try {
      change(session, _ -> {});
    } catch (StoreException e) {
      // The next flush tries again; until then only this process knows.
    }
  }

  /**
   * Ends a session because its client asked; false when it was ending already.
   *
   * @throws StoreException when its record cannot be removed now: the session goes on
   */
  public boolean terminate(Session session) {
    return terminate(session, SessionEnd.CLIENT);
  }

  /**
   * Ends a session; false when it was ending already.
   *
   * @param why who wanted it: whoever still waits for an answer is told, if anybody can be
   * @throws StoreException when its record cannot be removed now: the session goes on
   */
  public boolean terminate(Session session, SessionEnd why) {
    if (session.machine().state().over()) {
      return false;
    }
    keeper.delete(session);
    session.endsBy(why);
    return session.machine().fire(SessionEvent.TERMINATE).accepted();
  }

  /** Fires the timeouts that are due. Called by a scheduler, or by a test with its own clock. */
  public void sweep() {
    if (handedOver()) {
      // Their time passes elsewhere.
      return;
    }
    living.forEach(session -> session.sweep().ifPresent(due -> expire(session, due)));
    try {
      if (keeper.flushIsDue()) {
        keeper.flush(living());
      }
      if (keeper.comparisonIsDue()) {
        keeper.endedElsewhere(living()).forEach(drains::lingers);
      }
    } catch (StoreException e) {
      // The store says so itself; the next sweep tries again.
    }
  }

  private void expire(Session session, StateMachine.Armed<SessionEvent> due) {
    try {
      switch (due.event()) {
        case IDLE_TIMEOUT, HANDSHAKE_TIMEOUT -> keeper.expire(session, session.machine().unused());
        case INITIALIZED,
            REQUEST,
            PING,
            LISTEN,
            RESTORED,
            DRAIN,
            HAND_OVER,
            SUSPEND,
            TERMINATE,
            RELEASED -> {}
      }
      session.endsBy(SessionEnd.EXPIRED);
      session.machine().fireArmed(due.epoch(), due.event());
    } catch (StoreException e) {
      // It ends when the store can be told.
    }
  }

  /** Writes what the store does not know yet, and closes it. The sessions are kept. */
  @Override
  public void close() {
    try {
      if (!handedOver()) {
        keeper.flush(living());
      }
    } catch (StoreException e) {
      Log.line("the session store could not be told when sessions were used last");
    }
    keeper.close();
  }

  /** How many sessions are in use, as their lifecycle has it. */
  public int active() {
    AtomicInteger count = new AtomicInteger();
    forEach(
        session -> {
          if (session.machine().state() == SessionState.ACTIVE) {
            count.incrementAndGet();
          }
        });
    return count.get();
  }

  /** Every session that can be told something. */
  public void forEachActive(Consumer<Session> action) {
    living.forEach(
        session -> {
          if (session.machine().state().listens()) {
            action.accept(session);
          }
        });
  }

  /** The living session with this id, without using it. */
  public Optional<Session> peek(String id) {
    return living.lookup(id);
  }

  /** Every living session, whatever its state. */
  public void forEach(Consumer<Session> action) {
    living.forEach(action);
  }

  /** Where the sessions and what belongs to them are registered. */
  public Registry registry() {
    return registry;
  }

  /** Drains of sessions that other processes have, too. */
  public SharedDrains drains() {
    return drains;
  }

  /** What the streams of all sessions keep. */
  public ReplayBudget replayBudget() {
    return replayBudget;
  }

  /** How many sessions there may be. */
  public int most() {
    return permits.cap();
  }

  /** How many sessions live. */
  public int count() {
    return living.count();
  }

  /** The entry action of the states in which a session ends: happens once for each. */
  private void ended(Session session, Outcome.Moved<SessionState, SessionEvent> move) {
    entrance.left(session, session.end().reason());
    keeper.ended(session);
    endListeners.forEach(listener -> listener.accept(session));
    session.release();
    session.machine().fire(SessionEvent.RELEASED);
    if (move.from() == SessionState.INITIALIZING) {
      server.fire(ServerEvent.HANDSHAKE_FAILED);
    }
    if (living.isEmpty()) {
      server.fire(ServerEvent.CLIENTS_GONE);
    }
  }
}

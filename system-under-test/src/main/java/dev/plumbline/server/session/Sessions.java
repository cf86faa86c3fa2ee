package dev.plumbline.server.session;

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
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registration;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The bounded register of living sessions. */
public final class Sessions {
  /** Sessions in the registry, by id; each is its own owner's first entry. */
  public static final EntryType<Session> TYPE = EntryType.of("session", Session.class);

  private final OpaqueIds ids = new OpaqueIds();
  private final Registry registry;
  private final Shelf<Session> living;
  private final List<Consumer<Session>> endListeners = new CopyOnWriteArrayList<>();
  private final RolePermits permits;
  private final ReplayBudget replayBudget = new ReplayBudget(Limits.MAX_KEPT_BYTES_IN_ALL);
  private final Session.Setting setting;
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
    this.registry = registry;
    this.living = registry.shelf(TYPE, _ -> {});
    this.permits = permits;
    this.setting = new Session.Setting(machines, patience, replayBudget);
    this.server = server;
  }

  /** Adds a listener that is given every session as it ends; must not block. */
  public void onEnd(Consumer<Session> listener) {
    endListeners.add(listener);
  }

  /** What is told to whom no session was opened just now. */
  public Refusal refusal() {
    return permits.refusal();
  }

  /** Opens a session of a client that said nothing of itself; empty when the cap is reached. */
  public Optional<Session> open(String revision) {
    return open(revision, ClientProfile.unknown());
  }

  /** Opens a session; empty when the cap is reached. */
  public Optional<Session> open(String revision, ClientProfile client) {
    if (!permits.tryTake()) {
      return Optional.empty();
    }
    String id = ids.next();
    Session session =
        new Session(id, revision, client, registry.owner("session", id), setting, this::ended);
    if (living.register(id, session, session.owner()) != Registration.DONE) {
      permits.giveBack();
      return Optional.empty();
    }
    return Optional.of(session);
  }

  /** The living session with this id; counts as use. */
  public Optional<Session> find(String id) {
    Optional<Session> session = living.lookup(id);
    session.ifPresent(found -> found.machine().touch());
    return session;
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
        : living.first(session -> Pseudonym.of(session.id()).equals(name));
  }

  /** Ends a session because someone asked; false when it was ending already. */
  public boolean terminate(Session session) {
    return session.machine().fire(SessionEvent.TERMINATE).accepted();
  }

  /** Fires the timeouts that are due. Called by a scheduler, or by a test with its own clock. */
  public void sweep() {
    living.forEach(Session::sweep);
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

  /** What the streams of all sessions keep. */
  public ReplayBudget replayBudget() {
    return replayBudget;
  }

  /** How many sessions live. */
  public int count() {
    return living.count();
  }

  /** The entry action of the states in which a session ends: happens once for each. */
  private void ended(Session session, Outcome.Moved<SessionState, SessionEvent> move) {
    if (living.unregister(session.id(), session, reason(move.event()))) {
      permits.giveBack();
    }
    registry.end(session.owner());
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

  private static Reason reason(SessionEvent event) {
    return switch (event) {
      case HANDSHAKE_TIMEOUT, SUSPEND, IDLE_TIMEOUT -> Reason.TIMED_OUT;
      case DRAIN, HAND_OVER -> Reason.SERVER_STOPS;
      case INITIALIZED, REQUEST, PING, LISTEN, RESTORED, TERMINATE, RELEASED -> Reason.ASKED;
    };
  }
}

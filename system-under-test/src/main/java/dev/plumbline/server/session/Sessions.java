package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The bounded register of living sessions. */
public final class Sessions {
  private static final int ID_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<String, Session> living = new ConcurrentHashMap<>();
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
   */
  public Sessions(
      RolePermits permits,
      Machines machines,
      Patience<SessionState, SessionEvent> patience,
      StateMachine<ServerState, ServerEvent> server) {
    this.permits = permits;
    this.setting = new Session.Setting(machines, patience, replayBudget);
    this.server = server;
  }

  /** Adds a listener that is given every session as it ends; must not block. */
  public void onEnd(Consumer<Session> listener) {
    endListeners.add(listener);
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
    Session session = new Session(newId(), revision, client, setting, this::ended);
    living.put(session.id(), session);
    return Optional.of(session);
  }

  /** The living session with this id; counts as use. */
  public Optional<Session> find(String id) {
    Session session = living.get(id);
    if (session != null) {
      session.machine().touch();
    }
    return Optional.ofNullable(session);
  }

  /** Ends a session because someone asked; false when it was ending already. */
  public boolean terminate(Session session) {
    return session.machine().fire(SessionEvent.TERMINATE).accepted();
  }

  /** Fires the timeouts that are due. Called by a scheduler, or by a test with its own clock. */
  public void sweep() {
    living.values().forEach(Session::sweep);
  }

  /** Every session that can be told something. */
  public void forEachActive(Consumer<Session> action) {
    for (Session session : living.values()) {
      if (session.machine().state().listens()) {
        action.accept(session);
      }
    }
  }

  /** What the streams of all sessions keep. */
  public ReplayBudget replayBudget() {
    return replayBudget;
  }

  /** How many sessions live. */
  public int count() {
    return living.size();
  }

  /** The entry action of the states in which a session ends: happens once for each. */
  private void ended(Session session, SessionState from) {
    if (living.remove(session.id(), session)) {
      permits.giveBack();
    }
    endListeners.forEach(listener -> listener.accept(session));
    session.release();
    session.machine().fire(SessionEvent.RELEASED);
    if (from == SessionState.INITIALIZING) {
      server.fire(ServerEvent.HANDSHAKE_FAILED);
    }
    if (living.isEmpty()) {
      server.fire(ServerEvent.CLIENTS_GONE);
    }
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

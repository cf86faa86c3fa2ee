package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Outcome;
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
  private final Ticker ticker;
  private final StateMachine<ServerState, ServerEvent> server;

  /** A register that tells the server's lifecycle when handshakes fail and sessions end. */
  public Sessions(
      RolePermits permits, Ticker ticker, StateMachine<ServerState, ServerEvent> server) {
    this.permits = permits;
    this.ticker = ticker;
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
    Session session = new Session(newId(), revision, client, ticker, replayBudget);
    living.put(session.id(), session);
    return Optional.of(session);
  }

  /** The living session with this id; counts as use. */
  public Optional<Session> find(String id) {
    Session session = living.get(id);
    if (session != null) {
      session.touch(ticker.nanos());
    }
    return Optional.ofNullable(session);
  }

  /** Ends a session because someone asked; false when it was ending already. */
  public boolean terminate(Session session) {
    return end(session, session.machine().fire(SessionEvent.TERMINATE));
  }

  /** Fires the timeouts that are due. Called by a scheduler, or by a test with its own clock. */
  public void sweep() {
    long now = ticker.nanos();
    for (Session session : living.values()) {
      StateMachine.Position<SessionState> at = session.machine().position();
      session.streams().sweep();
      if (session.listens()) {
        session.touch(now);
      }
      if (session.inFlight().count() > 0) {
        continue;
      }
      long unused = session.unusedNanos(now);
      switch (at.state()) {
        case INITIALIZING -> {
          if (unused >= Limits.HANDSHAKE.toNanos()) {
            expire(session, at.epoch(), SessionEvent.HANDSHAKE_TIMEOUT);
          }
        }
        case ACTIVE, SUSPENDED -> {
          if (unused >= Limits.SESSION_IDLE.toNanos()) {
            expire(session, at.epoch(), SessionEvent.IDLE_TIMEOUT);
          } else if (unused >= Limits.SESSION_SUSPEND.toNanos()) {
            session.machine().fireArmed(at.epoch(), SessionEvent.SUSPEND);
          }
        }
        case TERMINATING, DEAD -> {}
      }
    }
  }

  /** Every session that can be told something. */
  public void forEachActive(Consumer<Session> action) {
    for (Session session : living.values()) {
      switch (session.machine().state()) {
        case ACTIVE, SUSPENDED -> action.accept(session);
        case INITIALIZING, TERMINATING, DEAD -> {}
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

  private void expire(Session session, long epoch, SessionEvent timeout) {
    end(session, session.machine().fireArmed(epoch, timeout));
  }

  private boolean end(Session session, Outcome<SessionState, SessionEvent> outcome) {
    if (!(outcome instanceof Outcome.Moved<SessionState, SessionEvent>(var from, _))) {
      return false;
    }
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
    return true;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

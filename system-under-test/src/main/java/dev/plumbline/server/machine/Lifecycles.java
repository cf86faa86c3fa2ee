package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.ServerEvent.CLIENTS_GONE;
import static dev.plumbline.server.machine.ServerEvent.CLIENT_READY;
import static dev.plumbline.server.machine.ServerEvent.DRAIN;
import static dev.plumbline.server.machine.ServerEvent.DRAINED;
import static dev.plumbline.server.machine.ServerEvent.DRAIN_TIMEOUT;
import static dev.plumbline.server.machine.ServerEvent.HANDSHAKE_BEGAN;
import static dev.plumbline.server.machine.ServerEvent.HANDSHAKE_FAILED;
import static dev.plumbline.server.machine.ServerState.CLOSED;
import static dev.plumbline.server.machine.ServerState.DRAINING;
import static dev.plumbline.server.machine.ServerState.HANDSHAKING;
import static dev.plumbline.server.machine.ServerState.LISTENING;
import static dev.plumbline.server.machine.SessionEvent.HANDSHAKE_TIMEOUT;
import static dev.plumbline.server.machine.SessionEvent.IDLE_TIMEOUT;
import static dev.plumbline.server.machine.SessionEvent.INITIALIZED;
import static dev.plumbline.server.machine.SessionEvent.PING;
import static dev.plumbline.server.machine.SessionEvent.RELEASED;
import static dev.plumbline.server.machine.SessionEvent.REQUEST;
import static dev.plumbline.server.machine.SessionEvent.SUSPEND;
import static dev.plumbline.server.machine.SessionEvent.TERMINATE;
import static dev.plumbline.server.machine.SessionState.DEAD;
import static dev.plumbline.server.machine.SessionState.INITIALIZING;
import static dev.plumbline.server.machine.SessionState.SUSPENDED;
import static dev.plumbline.server.machine.SessionState.TERMINATING;

/** The lifecycles of the server and of a session (C11), complete for every state and event. */
public final class Lifecycles {
  private static final String NOT_DRAINING = "the server is not draining";

  /** The server: listening, handshaking, active, draining, closed. */
  public static final TransitionTable<ServerState, ServerEvent> SERVER =
      TransitionTable.of("server", ServerState.class, ServerEvent.class, LISTENING)
          .move(LISTENING, HANDSHAKE_BEGAN, HANDSHAKING)
          .move(LISTENING, CLIENT_READY, ServerState.ACTIVE)
          // Two clients may shake hands at once: the first to fail has already moved us back.
          .stay(LISTENING, HANDSHAKE_FAILED)
          .stay(LISTENING, CLIENTS_GONE)
          .move(LISTENING, DRAIN, DRAINING)
          .refuseRest(LISTENING, NOT_DRAINING)
          .stay(HANDSHAKING, HANDSHAKE_BEGAN)
          .move(HANDSHAKING, CLIENT_READY, ServerState.ACTIVE)
          .move(HANDSHAKING, HANDSHAKE_FAILED, LISTENING)
          .move(HANDSHAKING, CLIENTS_GONE, LISTENING)
          .move(HANDSHAKING, DRAIN, DRAINING)
          .refuseRest(HANDSHAKING, NOT_DRAINING)
          .stay(ServerState.ACTIVE, HANDSHAKE_BEGAN)
          .stay(ServerState.ACTIVE, CLIENT_READY)
          .stay(ServerState.ACTIVE, HANDSHAKE_FAILED)
          .move(ServerState.ACTIVE, CLIENTS_GONE, LISTENING)
          .move(ServerState.ACTIVE, DRAIN, DRAINING)
          .refuseRest(ServerState.ACTIVE, NOT_DRAINING)
          .refuse(DRAINING, HANDSHAKE_BEGAN, "no new client while draining")
          .refuse(DRAINING, CLIENT_READY, "no new client while draining")
          .stay(DRAINING, HANDSHAKE_FAILED)
          .stay(DRAINING, CLIENTS_GONE)
          .stay(DRAINING, DRAIN)
          .move(DRAINING, DRAINED, CLOSED)
          .move(DRAINING, DRAIN_TIMEOUT, CLOSED)
          .refuseRest(CLOSED, "the server is closed")
          .build();

  /** A session: initializing, active, suspended, terminating, dead. */
  public static final TransitionTable<SessionState, SessionEvent> SESSION =
      TransitionTable.of("session", SessionState.class, SessionEvent.class, INITIALIZING)
          .move(INITIALIZING, INITIALIZED, SessionState.ACTIVE)
          .refuse(INITIALIZING, REQUEST, "send notifications/initialized first")
          .stay(INITIALIZING, PING)
          .refuse(INITIALIZING, SUSPEND, "a session that is initializing cannot be suspended")
          .refuse(INITIALIZING, IDLE_TIMEOUT, "the handshake timeout applies while initializing")
          .move(INITIALIZING, HANDSHAKE_TIMEOUT, TERMINATING)
          .move(INITIALIZING, TERMINATE, TERMINATING)
          .refuse(INITIALIZING, RELEASED, "the session was not ended")
          .stay(SessionState.ACTIVE, INITIALIZED)
          .stay(SessionState.ACTIVE, REQUEST)
          .stay(SessionState.ACTIVE, PING)
          .move(SessionState.ACTIVE, SUSPEND, SUSPENDED)
          .move(SessionState.ACTIVE, IDLE_TIMEOUT, TERMINATING)
          .refuse(SessionState.ACTIVE, HANDSHAKE_TIMEOUT, "the handshake is finished")
          .move(SessionState.ACTIVE, TERMINATE, TERMINATING)
          .refuse(SessionState.ACTIVE, RELEASED, "the session was not ended")
          .stay(SUSPENDED, INITIALIZED)
          .move(SUSPENDED, REQUEST, SessionState.ACTIVE)
          .move(SUSPENDED, PING, SessionState.ACTIVE)
          .stay(SUSPENDED, SUSPEND)
          .move(SUSPENDED, IDLE_TIMEOUT, TERMINATING)
          .refuse(SUSPENDED, HANDSHAKE_TIMEOUT, "the handshake is finished")
          .move(SUSPENDED, TERMINATE, TERMINATING)
          .refuse(SUSPENDED, RELEASED, "the session was not ended")
          .move(TERMINATING, RELEASED, DEAD)
          .refuseRest(TERMINATING, "the session is ending")
          .refuseRest(DEAD, "the session has ended")
          .build();

  private Lifecycles() {}
}

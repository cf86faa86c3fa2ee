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
import static dev.plumbline.server.machine.SessionEvent.LISTEN;
import static dev.plumbline.server.machine.SessionEvent.PING;
import static dev.plumbline.server.machine.SessionEvent.RELEASED;
import static dev.plumbline.server.machine.SessionEvent.REQUEST;
import static dev.plumbline.server.machine.SessionEvent.SUSPEND;
import static dev.plumbline.server.machine.SessionEvent.TERMINATE;
import static dev.plumbline.server.machine.SessionState.DEAD;
import static dev.plumbline.server.machine.SessionState.INITIALIZING;
import static dev.plumbline.server.machine.SessionState.SUSPENDED;
import static dev.plumbline.server.machine.SessionState.TERMINATING;
import static dev.plumbline.server.machine.TaskEvent.ANSWERED;
import static dev.plumbline.server.machine.TaskEvent.ASK;
import static dev.plumbline.server.machine.TaskEvent.CANCEL;
import static dev.plumbline.server.machine.TaskEvent.CANCEL_TIMEOUT;
import static dev.plumbline.server.machine.TaskEvent.DEADLINE;
import static dev.plumbline.server.machine.TaskEvent.ERROR;
import static dev.plumbline.server.machine.TaskEvent.EXPIRE;
import static dev.plumbline.server.machine.TaskEvent.RESULT;
import static dev.plumbline.server.machine.TaskEvent.START;
import static dev.plumbline.server.machine.TaskState.CANCELLED;
import static dev.plumbline.server.machine.TaskState.CANCELLING;
import static dev.plumbline.server.machine.TaskState.FAILED;
import static dev.plumbline.server.machine.TaskState.INPUT_REQUIRED;
import static dev.plumbline.server.machine.TaskState.RESULT_READY;
import static dev.plumbline.server.machine.TaskState.RUNNING;
import static dev.plumbline.server.machine.TaskState.SUBMITTED;
import static dev.plumbline.server.machine.TaskState.TIMED_OUT;

/**
 * The lifecycles of the server, of a session and of a task (C11), complete for every state and
 * event.
 */
public final class Lifecycles {
  private static final String NOT_DRAINING = "the server is not draining";
  private static final String NOT_CANCELLING = "nobody asked to cancel the task";
  private static final String ENDED = "the task has ended";

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
          // SDKs open their stream as soon as they know the session, beside the notification.
          .stay(INITIALIZING, LISTEN)
          .refuse(INITIALIZING, SUSPEND, "a session that is initializing cannot be suspended")
          .refuse(INITIALIZING, IDLE_TIMEOUT, "the handshake timeout applies while initializing")
          .move(INITIALIZING, HANDSHAKE_TIMEOUT, TERMINATING)
          .move(INITIALIZING, TERMINATE, TERMINATING)
          .refuse(INITIALIZING, RELEASED, "the session was not ended")
          .stay(SessionState.ACTIVE, INITIALIZED)
          .stay(SessionState.ACTIVE, REQUEST)
          .stay(SessionState.ACTIVE, PING)
          .stay(SessionState.ACTIVE, LISTEN)
          .move(SessionState.ACTIVE, SUSPEND, SUSPENDED)
          .move(SessionState.ACTIVE, IDLE_TIMEOUT, TERMINATING)
          .refuse(SessionState.ACTIVE, HANDSHAKE_TIMEOUT, "the handshake is finished")
          .move(SessionState.ACTIVE, TERMINATE, TERMINATING)
          .refuse(SessionState.ACTIVE, RELEASED, "the session was not ended")
          .stay(SUSPENDED, INITIALIZED)
          .move(SUSPENDED, REQUEST, SessionState.ACTIVE)
          .move(SUSPENDED, PING, SessionState.ACTIVE)
          .move(SUSPENDED, LISTEN, SessionState.ACTIVE)
          .stay(SUSPENDED, SUSPEND)
          .move(SUSPENDED, IDLE_TIMEOUT, TERMINATING)
          .refuse(SUSPENDED, HANDSHAKE_TIMEOUT, "the handshake is finished")
          .move(SUSPENDED, TERMINATE, TERMINATING)
          .refuse(SUSPENDED, RELEASED, "the session was not ended")
          .move(TERMINATING, RELEASED, DEAD)
          .refuseRest(TERMINATING, "the session is ending")
          .refuseRest(DEAD, "the session has ended")
          .build();

  /** A task: submitted, running (input_required), cancelling, and the four ways to end. */
  public static final TransitionTable<TaskState, TaskEvent> TASK =
      TransitionTable.of("task", TaskState.class, TaskEvent.class, SUBMITTED)
          .move(SUBMITTED, START, RUNNING)
          .move(SUBMITTED, ERROR, FAILED)
          // Nothing runs yet, so nothing has to stop.
          .move(SUBMITTED, CANCEL, CANCELLED)
          .move(SUBMITTED, DEADLINE, TIMED_OUT)
          .move(SUBMITTED, EXPIRE, TIMED_OUT)
          .refuse(SUBMITTED, CANCEL_TIMEOUT, NOT_CANCELLING)
          .refuseRest(SUBMITTED, "the work has not begun")
          .move(RUNNING, ASK, INPUT_REQUIRED)
          .move(RUNNING, RESULT, RESULT_READY)
          .move(RUNNING, ERROR, FAILED)
          .move(RUNNING, CANCEL, CANCELLING)
          .move(RUNNING, DEADLINE, TIMED_OUT)
          .move(RUNNING, EXPIRE, TIMED_OUT)
          .refuse(RUNNING, START, "the work has begun")
          .refuse(RUNNING, ANSWERED, "nothing was asked")
          .refuse(RUNNING, CANCEL_TIMEOUT, NOT_CANCELLING)
          .move(INPUT_REQUIRED, ANSWERED, RUNNING)
          .refuse(INPUT_REQUIRED, ASK, "the last questions are still open")
          .move(INPUT_REQUIRED, RESULT, RESULT_READY)
          .move(INPUT_REQUIRED, ERROR, FAILED)
          .move(INPUT_REQUIRED, CANCEL, CANCELLING)
          .move(INPUT_REQUIRED, DEADLINE, TIMED_OUT)
          .move(INPUT_REQUIRED, EXPIRE, TIMED_OUT)
          .refuse(INPUT_REQUIRED, START, "the work has begun")
          .refuse(INPUT_REQUIRED, CANCEL_TIMEOUT, NOT_CANCELLING)
          // C11: a result that arrives while cancelling wins; an error is how stopping looks.
          .move(CANCELLING, RESULT, RESULT_READY)
          .move(CANCELLING, ERROR, CANCELLED)
          .move(CANCELLING, CANCEL_TIMEOUT, CANCELLED)
          .move(CANCELLING, DEADLINE, CANCELLED)
          .move(CANCELLING, EXPIRE, CANCELLED)
          .stay(CANCELLING, CANCEL)
          .stay(CANCELLING, ANSWERED)
          .refuse(CANCELLING, START, "the task is being cancelled")
          .refuse(CANCELLING, ASK, "the task is being cancelled")
          .stay(RESULT_READY, CANCEL)
          .stay(RESULT_READY, EXPIRE)
          .refuseRest(RESULT_READY, ENDED)
          .stay(CANCELLED, CANCEL)
          .stay(CANCELLED, EXPIRE)
          .refuseRest(CANCELLED, ENDED)
          .stay(FAILED, CANCEL)
          .stay(FAILED, EXPIRE)
          .refuseRest(FAILED, ENDED)
          .stay(TIMED_OUT, CANCEL)
          .stay(TIMED_OUT, EXPIRE)
          .refuseRest(TIMED_OUT, ENDED)
          .build();

  private Lifecycles() {}
}

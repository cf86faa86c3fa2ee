package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.ServerEvent.CLIENTS_GONE;
import static dev.plumbline.server.machine.ServerEvent.CLIENT_READY;
import static dev.plumbline.server.machine.ServerEvent.DRAIN;
import static dev.plumbline.server.machine.ServerEvent.DRAINED;
import static dev.plumbline.server.machine.ServerEvent.DRAIN_TIMEOUT;
import static dev.plumbline.server.machine.ServerEvent.HANDSHAKE_BEGAN;
import static dev.plumbline.server.machine.ServerEvent.HANDSHAKE_FAILED;
import static dev.plumbline.server.machine.ServerState.ACTIVE;
import static dev.plumbline.server.machine.ServerState.CLOSED;
import static dev.plumbline.server.machine.ServerState.DRAINING;
import static dev.plumbline.server.machine.ServerState.HANDSHAKING;
import static dev.plumbline.server.machine.ServerState.LISTENING;

import java.time.Duration;

/** The lifecycle of the server (C11), complete for every state and event. */
public final class ServerLifecycle {
  /** Action: take leave of whoever listens. */
  public static final String END_STREAMS = "end_streams";

  /** Action: end and forget the tasks; nobody can ask for their results any more. */
  public static final String END_TASKS = "end_tasks";

  private static final String NOT_DRAINING = "the server is not draining";
  private static final String SERVED = "other clients are being served";
  private static final String LEAVING = "the server is about to stop";
  private static final String SEVERAL =
      "several clients may shake hands at once: the first to fail has moved us back";

  /** The server: listening, handshaking, active, draining, closed. */
  public static final TransitionTable<ServerState, ServerEvent> SERVER =
      TransitionTable.of("server", ServerState.class, ServerEvent.class, LISTENING)
          .move(LISTENING, HANDSHAKE_BEGAN, HANDSHAKING)
          .move(LISTENING, CLIENT_READY, ACTIVE)
          .ignore(LISTENING, HANDSHAKE_FAILED, SEVERAL)
          .ignore(LISTENING, CLIENTS_GONE, "nobody is served")
          .move(LISTENING, DRAIN, DRAINING)
          .refuseRest(LISTENING, NOT_DRAINING)
          .ignore(HANDSHAKING, HANDSHAKE_BEGAN, "another client is shaking hands")
          .move(HANDSHAKING, CLIENT_READY, ACTIVE)
          .move(HANDSHAKING, HANDSHAKE_FAILED, LISTENING)
          .move(HANDSHAKING, CLIENTS_GONE, LISTENING)
          .move(HANDSHAKING, DRAIN, DRAINING)
          .refuseRest(HANDSHAKING, NOT_DRAINING)
          .ignore(ACTIVE, HANDSHAKE_BEGAN, SERVED)
          .ignore(ACTIVE, CLIENT_READY, SERVED)
          .ignore(ACTIVE, HANDSHAKE_FAILED, SERVED)
          .move(ACTIVE, CLIENTS_GONE, LISTENING)
          .move(ACTIVE, DRAIN, DRAINING)
          .refuseRest(ACTIVE, NOT_DRAINING)
          .refuse(DRAINING, HANDSHAKE_BEGAN, "no new client while draining")
          .refuse(DRAINING, CLIENT_READY, "no new client while draining")
          .ignore(DRAINING, HANDSHAKE_FAILED, LEAVING)
          .ignore(DRAINING, CLIENTS_GONE, LEAVING)
          .ignore(DRAINING, DRAIN, "the server is draining already")
          .move(DRAINING, DRAINED, CLOSED)
          .move(DRAINING, DRAIN_TIMEOUT, CLOSED)
          .timeout(DRAINING, DRAIN_TIMEOUT, Timeout.Since.ENTERED, Duration.ofSeconds(10))
          .refuseRest(CLOSED, "the server is closed")
          .onEntry(DRAINING, END_STREAMS)
          .onEntry(CLOSED, END_TASKS)
          .build();

  private ServerLifecycle() {}
}

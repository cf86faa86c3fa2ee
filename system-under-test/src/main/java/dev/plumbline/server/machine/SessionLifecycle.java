package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.SessionEvent.DRAIN;
import static dev.plumbline.server.machine.SessionEvent.HANDSHAKE_TIMEOUT;
import static dev.plumbline.server.machine.SessionEvent.HAND_OVER;
import static dev.plumbline.server.machine.SessionEvent.IDLE_TIMEOUT;
import static dev.plumbline.server.machine.SessionEvent.INITIALIZED;
import static dev.plumbline.server.machine.SessionEvent.LISTEN;
import static dev.plumbline.server.machine.SessionEvent.PING;
import static dev.plumbline.server.machine.SessionEvent.RELEASED;
import static dev.plumbline.server.machine.SessionEvent.REQUEST;
import static dev.plumbline.server.machine.SessionEvent.RESTORED;
import static dev.plumbline.server.machine.SessionEvent.SUSPEND;
import static dev.plumbline.server.machine.SessionEvent.TERMINATE;
import static dev.plumbline.server.machine.SessionState.ACTIVE;
import static dev.plumbline.server.machine.SessionState.DEAD;
import static dev.plumbline.server.machine.SessionState.EXPIRING;
import static dev.plumbline.server.machine.SessionState.INITIALIZING;
import static dev.plumbline.server.machine.SessionState.PAUSED;
import static dev.plumbline.server.machine.SessionState.RESUMING;
import static dev.plumbline.server.machine.SessionState.SUSPENDED;
import static dev.plumbline.server.machine.SessionState.TERMINATING;
import static dev.plumbline.server.machine.SessionState.UPGRADING;

import java.time.Duration;

/** The lifecycle of a handshake-era session (C11), complete for every state and event. */
public final class SessionLifecycle {
  /** Action: let go of everything that belongs to the session, then say RELEASED. */
  public static final String RELEASE = "release";

  /** The client finishes the handshake within this (C10). */
  public static final Duration HANDSHAKE = Duration.ofSeconds(30);

  /** A session that is not used for so long is suspended. */
  public static final Duration UNUSED = Duration.ofMinutes(10);

  /** A session that is not used for so long ends (C10). */
  public static final Duration IDLE = Duration.ofHours(1);

  private static final String FINISHED = "the handshake is finished";
  private static final String NOT_ENDED = "the session was not ended";
  private static final String HERE = "the session lives in this process";
  private static final String PINGED = "a ping is answered in every phase";
  private static final String DRAINED = "the session is paused: it takes no new request";
  private static final String MOVING = "the session is upgrading: another process goes on with it";

  /** A session: initializing, active, suspended, terminating, dead, and sub-states. */
  public static final TransitionTable<SessionState, SessionEvent> SESSION =
      sleeping(waking(living(ending(table())))).build();

  private SessionLifecycle() {}

  private static TableBuilder<SessionState, SessionEvent> table() {
    return TransitionTable.of("session", SessionState.class, SessionEvent.class, INITIALIZING)
        .move(INITIALIZING, INITIALIZED, ACTIVE)
        .refuse(
            INITIALIZING,
            REQUEST,
            "the session is initializing: send notifications/initialized first")
        .ignore(INITIALIZING, PING, PINGED)
        // SDKs open their stream as soon as they know the session, beside the notification.
        .ignore(INITIALIZING, LISTEN, "a client may listen before its handshake is finished")
        .move(INITIALIZING, RESTORED, RESUMING)
        .refuse(INITIALIZING, DRAIN, "a session that is initializing has nothing to drain")
        .refuse(INITIALIZING, HAND_OVER, "a session that is initializing stays where it is")
        .refuse(INITIALIZING, SUSPEND, "a session that is initializing cannot be suspended")
        .refuse(INITIALIZING, IDLE_TIMEOUT, "the handshake timeout applies while initializing")
        // C10: within 30 s of its beginning, however often the client pings meanwhile.
        .move(INITIALIZING, HANDSHAKE_TIMEOUT, EXPIRING)
        .timeout(INITIALIZING, HANDSHAKE_TIMEOUT, Timeout.Since.ENTERED, HANDSHAKE)
        .move(INITIALIZING, TERMINATE, TERMINATING)
        .refuse(INITIALIZING, RELEASED, NOT_ENDED);
  }

  private static TableBuilder<SessionState, SessionEvent> living(
      TableBuilder<SessionState, SessionEvent> table) {
    return ended(table, ACTIVE)
        .ignore(ACTIVE, INITIALIZED, FINISHED)
        .ignore(ACTIVE, REQUEST, "the session is in use")
        .ignore(ACTIVE, PING, PINGED)
        .ignore(ACTIVE, LISTEN, "the session is in use")
        .refuse(ACTIVE, RESTORED, HERE)
        .move(ACTIVE, DRAIN, PAUSED)
        .move(ACTIVE, HAND_OVER, UPGRADING)
        .move(ACTIVE, SUSPEND, SUSPENDED)
        .timeout(ACTIVE, SUSPEND, Timeout.Since.USED, UNUSED);
  }

  /** What the next request wakes. */
  private static TableBuilder<SessionState, SessionEvent> waking(
      TableBuilder<SessionState, SessionEvent> table) {
    return ended(ended(table, SUSPENDED), RESUMING)
        .ignore(SUSPENDED, INITIALIZED, FINISHED)
        .move(SUSPENDED, REQUEST, ACTIVE)
        .move(SUSPENDED, PING, ACTIVE)
        .move(SUSPENDED, LISTEN, ACTIVE)
        .refuse(SUSPENDED, RESTORED, HERE)
        .move(SUSPENDED, DRAIN, PAUSED)
        .move(SUSPENDED, HAND_OVER, UPGRADING)
        .ignore(SUSPENDED, SUSPEND, "the session is suspended already")
        .ignore(RESUMING, INITIALIZED, FINISHED)
        .move(RESUMING, REQUEST, ACTIVE)
        .move(RESUMING, PING, ACTIVE)
        .move(RESUMING, LISTEN, ACTIVE)
        .ignore(RESUMING, RESTORED, "the session is restored already")
        .move(RESUMING, DRAIN, PAUSED)
        .move(RESUMING, HAND_OVER, UPGRADING)
        .move(RESUMING, SUSPEND, SUSPENDED)
        .timeout(RESUMING, SUSPEND, Timeout.Since.USED, UNUSED);
  }

  /** What takes no new request. */
  private static TableBuilder<SessionState, SessionEvent> sleeping(
      TableBuilder<SessionState, SessionEvent> table) {
    return ended(ended(table, PAUSED), UPGRADING)
        .ignore(PAUSED, INITIALIZED, FINISHED)
        .refuse(PAUSED, REQUEST, DRAINED)
        .ignore(PAUSED, PING, PINGED)
        .refuse(PAUSED, LISTEN, DRAINED)
        .refuse(PAUSED, RESTORED, HERE)
        .ignore(PAUSED, DRAIN, "the session is paused already")
        .move(PAUSED, HAND_OVER, UPGRADING)
        .ignore(PAUSED, SUSPEND, "a paused session is not woken")
        .ignore(UPGRADING, INITIALIZED, FINISHED)
        .refuse(UPGRADING, REQUEST, MOVING)
        .ignore(UPGRADING, PING, PINGED)
        .refuse(UPGRADING, LISTEN, MOVING)
        // The other process did not take it.
        .move(UPGRADING, RESTORED, RESUMING)
        .ignore(UPGRADING, DRAIN, "a session that moves takes no new request")
        .ignore(UPGRADING, HAND_OVER, "the session is on its way already")
        .ignore(UPGRADING, SUSPEND, "a session that moves is not woken");
  }

  /** How every session that finished its handshake ends. */
  private static TableBuilder<SessionState, SessionEvent> ended(
      TableBuilder<SessionState, SessionEvent> table, SessionState state) {
    return table
        .refuse(state, HANDSHAKE_TIMEOUT, FINISHED)
        .move(state, IDLE_TIMEOUT, EXPIRING)
        .timeout(state, IDLE_TIMEOUT, Timeout.Since.USED, IDLE)
        .move(state, TERMINATE, TERMINATING)
        .refuse(state, RELEASED, NOT_ENDED);
  }

  private static TableBuilder<SessionState, SessionEvent> ending(
      TableBuilder<SessionState, SessionEvent> table) {
    return table
        .move(EXPIRING, RELEASED, DEAD)
        .refuseRest(EXPIRING, "the session has expired")
        .onEntry(EXPIRING, RELEASE)
        .move(TERMINATING, RELEASED, DEAD)
        .refuseRest(TERMINATING, "the session is ending")
        .onEntry(TERMINATING, RELEASE)
        .refuseRest(DEAD, "the session has ended");
  }
}

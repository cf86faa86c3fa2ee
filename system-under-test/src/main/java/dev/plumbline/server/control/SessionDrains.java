package dev.plumbline.server.control;

import dev.plumbline.server.feature.task.HandshakeTasks;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.SessionEnd;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings sessions to their end in order: a session that is drained takes no new request, finishes
 * the requests and tasks it has, tells its streams goodbye and ends. Acknowledges at once; the end
 * comes with a later {@link #look}. Every process that has the session does so, and the one that
 * was asked ends it for all.
 */
public final class SessionDrains implements ComponentHandler {
  /** Nobody waits longer for the end of a session that is drained. */
  public static final Duration LONGEST = Draining.LONGEST;

  private static final String KIND = "drain";

  private final Sessions sessions;
  private final Tasks tasks;
  private final Operations operations;
  private final List<Draining> draining = new ArrayList<>();

  /** Drains of these sessions, which may have tasks. */
  public SessionDrains(Sessions sessions, Tasks tasks, Operations operations) {
    this.sessions = sessions;
    this.tasks = tasks;
    this.operations = operations;
  }

  @Override
  public ControlReply handle(ControlMessage message) {
    if (!(message instanceof ControlMessage.DrainSession(_, var id, var timeout))) {
      return new ControlReply.Refused(Refusal.WRONG_STATE, "sessions can only be drained");
    }
    Optional<Session> found;
    try {
      found = sessions.named(id);
      if (found.isEmpty()) {
        found = sessions.drains().fetch(id);
      }
    } catch (StoreException e) {
      return new ControlReply.Refused(
          Refusal.NOT_RESPONDING, "no such session lives here, and others cannot be fetched now");
    }
    if (found.isEmpty()) {
      return new ControlReply.Refused(Refusal.UNKNOWN_SUBJECT, "no session has this id");
    }
    Session session = found.get();
    Outcome<SessionState, SessionEvent> outcome = session.machine().fire(SessionEvent.DRAIN);
    return outcome.accepted()
        ? begun(session, timeout)
        : new ControlReply.Refused(
            Refusal.WRONG_STATE,
            "a session that is " + session.machine().state().label() + " cannot be drained",
            session.machine().state().label());
  }

  private synchronized ControlReply begun(Session session, Duration timeout) {
    for (Draining known : draining) {
      if (known.session() == session && known.operation().isPresent()) {
        known.atMost(timeout);
        return new ControlReply.Acknowledged("draining", known.operation());
      }
    }
    Operation operation = operations.begin(KIND, Pseudonym.of(session.id()), "draining");
    draining.add(Draining.here(session, operation, timeout, sessions.drains()));
    return new ControlReply.Acknowledged("draining", Optional.of(operation));
  }

  /** Ends the sessions whose work is finished, or whose time is over; called often. */
  public void look() {
    List<Draining> all;
    synchronized (this) {
      sessions
          .drains()
          .begunElsewhere()
          .forEach(session -> draining.add(Draining.elsewhere(session, sessions.drains())));
      all = List.copyOf(draining);
    }
    try {
      for (Draining one : all) {
        one.announce();
        if (one.due(working(one.session()), System.nanoTime())) {
          end(one);
        }
      }
    } catch (StoreException e) {
      // A session ends when its record does: at the next look that can be.
    }
  }

  private void end(Draining one) {
    boolean first = sessions.terminate(one.session(), SessionEnd.DRAINED);
    one.operation()
        .ifPresent(
            operation ->
                operations.end(
                    operation, !first ? "ended before" : one.done() ? "drained" : "timed out"));
    synchronized (this) {
      draining.remove(one);
    }
  }

  private int working(Session session) {
    return session.inFlight().count() + HandshakeTasks.working(tasks, session);
  }

  /** How many sessions are being drained. */
  public synchronized int count() {
    return draining.size();
  }
}

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
 * comes with a later {@link #look}.
 */
public final class SessionDrains implements ComponentHandler {
  private static final String KIND = "drain";

  private final Sessions sessions;
  private final Tasks tasks;
  private final Operations operations;
  private final List<Draining> draining = new ArrayList<>();

  /** A session that is being drained, and how often in a row nothing of it was worked on. */
  private static final class Draining {
    /** A request that is finished has its answer written a moment later: look twice. */
    private static final int QUIET = 2;

    private final Session session;
    private final Operation operation;
    private final long end;
    private int quiet;

    private Draining(Session session, Operation operation, long end) {
      this.session = session;
      this.operation = operation;
      this.end = end;
    }

    /**
     * True when its end has come.
     *
     * @param working how much of it is worked on
     */
    private boolean due(int working, long now) {
      quiet = working == 0 ? Math.min(QUIET, quiet + 1) : 0;
      return done() || now - end >= 0;
    }

    /** True when nothing of it had to be broken off. */
    private boolean done() {
      return quiet == QUIET;
    }
  }

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
    Optional<Session> found = sessions.named(id);
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
      if (known.session == session) {
        return new ControlReply.Acknowledged("draining", Optional.of(known.operation));
      }
    }
    Operation operation = operations.begin(KIND, Pseudonym.of(session.id()), "draining");
    draining.add(new Draining(session, operation, System.nanoTime() + timeout.toNanos()));
    return new ControlReply.Acknowledged("draining", Optional.of(operation));
  }

  /** Ends the sessions whose work is finished, or whose time is over; called often. */
  public void look() {
    List<Draining> due = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      draining.stream().filter(one -> one.due(working(one.session), now)).forEach(due::add);
    }
    for (Draining one : due) {
      try {
        boolean first = sessions.terminate(one.session, SessionEnd.DRAINED);
        operations.end(
            one.operation, !first ? "ended before" : one.done() ? "drained" : "timed out");
      } catch (StoreException e) {
        // A session ends when its record does: at the next look that can be.
        return;
      }
      synchronized (this) {
        draining.remove(one);
      }
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

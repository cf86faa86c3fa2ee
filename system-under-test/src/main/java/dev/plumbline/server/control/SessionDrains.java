package dev.plumbline.server.control;

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
 * those it has, tells its streams goodbye and ends. Acknowledges at once; the end comes with a
 * later {@link #look}.
 */
public final class SessionDrains implements ComponentHandler {
  private static final String KIND = "drain";

  private final Sessions sessions;
  private final Operations operations;
  private final List<Draining> draining = new ArrayList<>();

  /** A session that is being drained, and how often in a row nothing was in flight. */
  private static final class Draining {
    private final Session session;
    private final Operation operation;
    private final long end;
    private int quiet;

    private Draining(Session session, Operation operation, long end) {
      this.session = session;
      this.operation = operation;
      this.end = end;
    }

    /** A request that is finished has its answer written a moment later: look twice. */
    private boolean due(long now) {
      quiet = session.inFlight().count() == 0 ? quiet + 1 : 0;
      return quiet == 2 || now - end >= 0;
    }
  }

  /** Drains of these sessions. */
  public SessionDrains(Sessions sessions, Operations operations) {
    this.sessions = sessions;
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

  /** Ends the sessions whose requests are finished, or whose time is over; called often. */
  public void look() {
    List<Draining> due = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      draining.stream().filter(one -> one.due(now)).forEach(due::add);
      draining.removeAll(due);
    }
    for (Draining one : due) {
      boolean done = one.session.inFlight().count() == 0;
      try {
        boolean first = sessions.terminate(one.session, SessionEnd.DRAINED);
        operations.end(one.operation, !first ? "ended before" : done ? "drained" : "timed out");
      } catch (StoreException e) {
        // A session ends when its record does: at the next look that can be.
        synchronized (this) {
          draining.add(one);
        }
      }
    }
  }

  /** How many sessions are being drained. */
  public synchronized int count() {
    return draining.size();
  }
}

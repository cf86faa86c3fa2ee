package dev.plumbline.server.control;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.SharedDrains;
import dev.plumbline.server.session.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A session that is being drained, and how often in a row nothing of it was worked on. */
final class Draining {
  /** Nobody waits longer for the end of what is drained. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** A request that is finished has its answer written a moment later: look twice. */
  private static final int QUIET = 2;

  /** Every process that has the session knows of the drain by then. */
  private static final Duration KNOWN = Limits.SESSION_COMPARED.plusSeconds(1);

  /** Nobody else was told yet. */
  private static final long NEVER = 0;

  private final Session session;
  private final Optional<Operation> operation;
  private final SharedDrains shared;
  private volatile long end;
  private volatile boolean announced;
  private long announcedNanos = NEVER;
  private int quiet;

  private Draining(
      Session session, Optional<Operation> operation, SharedDrains shared, Duration left) {
    this.session = session;
    this.operation = operation;
    this.shared = shared;
    this.end = System.nanoTime() + left.toNanos();
  }

  /** A drain that this process was asked for. */
  static Draining here(
      Session session, Operation operation, Duration timeout, SharedDrains shared) {
    return new Draining(session, Optional.of(operation), shared, timeout);
  }

  /** A drain that another process was asked for. */
  static Draining elsewhere(Session session, SharedDrains shared) {
    Instant now = Instant.now();
    Duration left = Duration.between(now, shared.latest(session).orElse(now));
    // Another wrote it: nothing but a lawful timeout is waited for.
    return new Draining(
        session, Optional.empty(), shared, left.compareTo(LONGEST) > 0 ? LONGEST : left);
  }

  Session session() {
    return session;
  }

  /** Where its end is told; empty when another process does. */
  Optional<Operation> operation() {
    return operation;
  }

  /** It was asked for again: the shorter of the times holds. */
  void atMost(Duration timeout) {
    long other = System.nanoTime() + timeout.toNanos();
    if (other - end < 0) {
      end = other;
      announced = false;
    }
  }

  /** Tells the other processes that may have the session, whenever there is something new. */
  void announce() {
    if (operation.isPresent() && !announced && shared.covers(session)) {
      announced = true;
      try {
        shared.announce(session, Instant.now().plusNanos(end - System.nanoTime()));
      } catch (StoreException e) {
        announced = false;
        throw e;
      }
      if (announcedNanos == NEVER) {
        announcedNanos = System.nanoTime() | 1;
      }
    }
  }

  /**
   * True when its end has come.
   *
   * @param working how much of it is worked on here
   */
  boolean due(int working, long now) {
    quiet = working == 0 ? Math.min(QUIET, quiet + 1) : 0;
    return late(now) || (done() && (operation.isPresent() ? known(now) : endedElsewhere()));
  }

  /** Whoever was asked for the drain may have been asked again since. */
  private boolean late(long now) {
    return now - end >= 0
        || (operation.isEmpty()
            && shared.latest(session).filter(latest -> !latest.isAfter(Instant.now())).isPresent());
  }

  private boolean known(long now) {
    return announcedNanos == NEVER || endedElsewhere() || now - announcedNanos >= KNOWN.toNanos();
  }

  private boolean endedElsewhere() {
    return shared.ended(session) || session.machine().state().over();
  }

  /** True when nothing of it had to be broken off here. */
  boolean done() {
    return quiet == QUIET;
  }
}

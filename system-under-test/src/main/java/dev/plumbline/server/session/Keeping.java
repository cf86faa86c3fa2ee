package dev.plumbline.server.session;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** What the store knows of one session. */
final class Keeping {
  /** Where the record of a session is. */
  enum Fate {
    /** Nowhere: the session ends with its wire. */
    NEVER_KEPT,
    /** Not in the store yet; nobody was told of the session. */
    OPENING,
    /** In the store. */
    KEPT,
    /** In the store, for whoever has the session now. */
    LEFT,
    /** No longer in the store. */
    DELETED
  }

  private final Instant created;

  /** Held while the record is changed, so that changes of one process follow each other. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile Fate fate;
  private volatile long changes;
  private volatile Instant told;
  private volatile boolean behind;

  Keeping(Instant created, Fate fate, long changes) {
    this.created = created;
    this.told = created;
    this.fate = fate;
    this.changes = changes;
  }

  /** When the session was opened. */
  Instant created() {
    return created;
  }

  ReentrantLock changing() {
    return changing;
  }

  Fate fate() {
    return fate;
  }

  void fate(Fate now) {
    fate = now;
  }

  boolean kept() {
    return fate == Fate.KEPT;
  }

  /** How often the record was changed, as far as this process knows. */
  long changes() {
    return changes;
  }

  void changes(long now) {
    changes = now;
  }

  /** The time of use that the store was told last. */
  Instant told() {
    return told;
  }

  void told(Instant used) {
    told = used;
  }

  /** True when the session was changed and the store does not know yet. */
  boolean behind() {
    return behind;
  }

  void behind(boolean now) {
    behind = now;
  }
}

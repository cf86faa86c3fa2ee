package dev.plumbline.server.session;

import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names that belong to a session: never more than the cap, nor longer together than may be, and
 * none once the session is over. Safe for any number of threads.
 */
public final class BoundedSet {
  private final int cap;
  private final int characters;
  private final Set<String> names = new HashSet<>();
  private int held;

  private final StateMachine<SessionState, SessionEvent> session;

  /**
   * Without names.
   *
   * @param cap how many there may be
   * @param characters how long they may be together
   * @param session whose they are
   */
  BoundedSet(int cap, int characters, StateMachine<SessionState, SessionEvent> session) {
    this.cap = cap;
    this.characters = characters;
    this.session = session;
  }

  /** Adds a name; false when there is no room, or the session is over. */
  public synchronized boolean add(String name) {
    if (session.state().over()) {
      return false;
    }
    if (names.contains(name)) {
      return true;
    }
    if (names.size() == cap || name.length() > characters - held) {
      return false;
    }
    put(name);
    return true;
  }

  private void put(String name) {
    if (names.add(name)) {
      held += name.length();
    }
  }

  /** Removes a name; false when it was not there. */
  public synchronized boolean remove(String name) {
    boolean removed = names.remove(name);
    if (removed) {
      held -= name.length();
    }
    return removed;
  }

  /** True when the name is there. */
  public synchronized boolean contains(String name) {
    return names.contains(name);
  }

  /** How many names there are. */
  public synchronized int size() {
    return names.size();
  }

  /** The names, in no order. */
  public synchronized List<String> all() {
    return List.copyOf(names);
  }

  /** These names, which were taken elsewhere, and no others; beyond the cap they are left out. */
  synchronized void replace(List<String> others) {
    clear();
    others.stream().limit(cap).forEach(this::put);
  }

  /** Forgets every name. */
  synchronized void clear() {
    names.clear();
    held = 0;
  }
}

package dev.plumbline.server.session;

import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names that belong to a session: never more than the cap, and none once the session is over. Safe
 * for any number of threads.
 */
public final class BoundedSet {
  private final int cap;
  private final Set<String> names = new HashSet<>();

  private final StateMachine<SessionState, SessionEvent> session;

  BoundedSet(int cap, StateMachine<SessionState, SessionEvent> session) {
    this.cap = cap;
    this.session = session;
  }

  /** Adds a name; false when there is no room, or the session is over. */
  public synchronized boolean add(String name) {
    if (session.state().over()) {
      return false;
    }
    if (names.size() == cap && !names.contains(name)) {
      return false;
    }
    names.add(name);
    return true;
  }

  /** Removes a name; false when it was not there. */
  public synchronized boolean remove(String name) {
    return names.remove(name);
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

  /** These names and no others; what is beyond the cap is left out. */
  synchronized void replace(List<String> others) {
    names.clear();
    others.stream().limit(cap).forEach(names::add);
  }

  /** Forgets every name. */
  synchronized void clear() {
    names.clear();
  }
}

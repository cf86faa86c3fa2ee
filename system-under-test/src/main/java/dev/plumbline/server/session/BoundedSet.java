package dev.plumbline.server.session;

import java.util.HashSet;
import java.util.Set;

/** A set of names that never holds more than its cap. Safe for any number of threads. */
public final class BoundedSet {
  private final int cap;
  private final Set<String> names = new HashSet<>();

  BoundedSet(int cap) {
    this.cap = cap;
  }

  /** Adds a name; false when there is no room. */
  public synchronized boolean add(String name) {
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

  synchronized void clear() {
    names.clear();
  }
}

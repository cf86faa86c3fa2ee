package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes a target started, so that it can end them all. */
final class Processes {
  private final Set<ChildProcess> started = ConcurrentHashMap.newKeySet();

  ChildProcess add(ChildProcess child) {
    started.removeIf(old -> !old.isAlive());
    started.add(child);
    return child;
  }

  void close() {
    // Side by side: each may take its full grace.
    started.parallelStream().forEach(ChildProcess::close);
    started.clear();
  }
}

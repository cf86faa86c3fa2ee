package dev.plumbline.server.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The faults that wait for handlers of one domain. None, unless an experiment arms one. */
final class HandlerFaults {
  /** So many may wait. */
  static final int MOST = 1_000;

  /** Whoever comes. */
  static final String ANYBODY = "";

  private record Armed(HandlerFault fault, String session) {}

  private final Deque<Armed> waiting = new ArrayDeque<>();
  private CountDownLatch over = new CountDownLatch(1);
  private volatile boolean armed;

  /** The next handler of the session, or of anybody, fails; false when too many wait. */
  synchronized boolean arm(HandlerFault fault, String session) {
    if (waiting.size() == MOST) {
      return false;
    }
    waiting.add(new Armed(fault, session));
    armed = true;
    return true;
  }

  /** Forgets what waits, and lets go of every handler that hangs. */
  synchronized void disarm() {
    waiting.clear();
    armed = false;
    over.countDown();
    over = new CountDownLatch(1);
  }

  /** A handler of the session begins. */
  void strike(String session) throws InterruptedException {
    // One volatile read is all that this costs a server without experiments.
    if (!armed) {
      return;
    }
    HandlerFault fault;
    CountDownLatch end;
    synchronized (this) {
      fault = take(session);
      end = over;
      armed = !waiting.isEmpty();
    }
    if (fault != null) {
      fault.strike(end);
    }
  }

  private synchronized @Nullable HandlerFault take(String session) {
    Iterator<Armed> all = waiting.iterator();
    while (all.hasNext()) {
      Armed next = all.next();
      if (next.session().equals(ANYBODY) || next.session().equals(session)) {
        all.remove();
        return next.fault();
      }
    }
    return null;
  }
}

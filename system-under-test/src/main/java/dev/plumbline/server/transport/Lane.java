package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Log;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to do, one thing after the other, on a virtual thread that lives only
 * while there is something to do. When much waits, the connection is told to stop reading.
 */
final class Lane {
  /** So many messages may wait before reading pauses. */
  static final int PAUSE_AT = 64;

  /** Tells the connection whether to read on. */
  @FunctionalInterface
  interface Reading {
    /** Called by any thread. */
    void wanted(boolean more);
  }

  private final Reading reading;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  Lane(Reading reading) {
    this.reading = reading;
  }

  /** Adds one thing to do; never waits. */
  void add(Runnable work) {
    lock.lock();
    try {
      waiting.add(work);
      if (waiting.size() == PAUSE_AT) {
        reading.wanted(false);
      }
      if (!busy) {
        busy = true;
        Thread.ofVirtual().name("connection").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Runnable work = next();
    while (work != null) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        // FM-38: what follows on this connection is still served.
        Log.failure("connection", e);
      }
      work = next();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable work = waiting.poll();
      if (work == null) {
        busy = false;
      } else if (waiting.size() == PAUSE_AT - 1) {
        reading.wanted(true);
      }
      return work;
    } finally {
      lock.unlock();
    }
  }
}

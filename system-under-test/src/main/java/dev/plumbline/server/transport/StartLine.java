package dev.plumbline.server.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts virtual threads in the order of their requests, a few ahead of those that run.
 *
 * <p>The scheduler of virtual threads keeps a queue for each thread that starts some, and a carrier
 * stays with a queue until it is empty. Under overload a queue never is: whoever waits in another
 * one, a request of another event loop or a thread whose sleep is over, is not run for seconds. So
 * only a handful may wait in those queues, the others wait here, and the handfuls are started by
 * two threads in turn: a carrier that has worked off the one finds its queue empty and looks
 * around.
 */
final class StartLine implements AutoCloseable {
  /** So many may have been started and not yet run, for each processor. */
  private static final int AHEAD = 16;

  private static final int STARTERS = 2;

  private final int ahead = AHEAD * Runtime.getRuntime().availableProcessors();

  /** Bounded by the permits whoever is in it holds. */
  private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicInteger notYetRunning = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Thread> starters = new ArrayList<>();
  private volatile boolean closed;

  StartLine() {
    for (int i = 0; i < STARTERS; i++) {
      starters.add(Thread.ofPlatform().daemon().name("starter-" + i).start(this::work));
    }
  }

  /** Starts a thread now, or when it is its turn; it calls {@link #runs} first of all. */
  void start(Thread thread) {
    if (waiting.isEmpty() && notYetRunning.get() < ahead) {
      notYetRunning.incrementAndGet();
      thread.start();
      return;
    }
    waiting.add(thread);
    if (notYetRunning.get() == 0) {
      wakeNext();
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    return waiting.size();
  }

  /** A thread that was started runs. */
  void runs() {
    if (notYetRunning.decrementAndGet() == 0 && !waiting.isEmpty()) {
      wakeNext();
    }
  }

  private void wakeNext() {
    LockSupport.unpark(starters.get(Math.floorMod(turn.getAndIncrement(), STARTERS)));
  }

  private void work() {
    while (!closed) {
      for (int i = 0; i < ahead; i++) {
        Thread next = waiting.poll();
        if (next == null) {
          break;
        }
        notYetRunning.incrementAndGet();
        next.start();
      }
      LockSupport.park(this);
    }
  }

  @Override
  public void close() {
    closed = true;
    starters.forEach(LockSupport::unpark);
  }
}

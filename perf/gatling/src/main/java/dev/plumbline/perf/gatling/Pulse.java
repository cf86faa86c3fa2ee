package dev.plumbline.perf.gatling;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this JVM stands still, for its collector or for want of a processor: a thread that
 * wants to wake up all the time and tells when it could not.
 */
final class Pulse implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(1);

  /** Less than this is the ordinary coarseness of timers. */
  private static final Duration NOTED = Duration.ofMillis(3);

  private static final Duration END = Duration.ofSeconds(10);

  private final Thread thread;
  private volatile boolean over;

  /** Told of every time it stood still. */
  @FunctionalInterface
  interface Listener {
    /** From and to, as of {@link System#nanoTime}. */
    void stood(long fromNanos, long toNanos);
  }

  /** Begins at once. */
  Pulse(Listener listener) {
    this.thread = Thread.ofPlatform().daemon().name("pulse").start(() -> beat(listener));
  }

  private void beat(Listener listener) {
    long before = System.nanoTime();
    while (!over) {
      LockSupport.parkNanos(BEAT.toNanos());
      long now = System.nanoTime();
      if (now - before > NOTED.toNanos()) {
        listener.stood(before, now);
      }
      before = now;
    }
  }

  /** Waits for the end of the thread; false when it goes on. */
  boolean awaitEnd() throws InterruptedException {
    return thread.join(END);
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
  }
}

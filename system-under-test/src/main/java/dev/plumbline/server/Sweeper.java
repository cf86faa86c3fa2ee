package dev.plumbline.server;

import dev.plumbline.server.observe.Log;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a server does again and again as long as it runs, on threads of its own. */
final class Sweeper implements AutoCloseable {
  private final ScheduledExecutorService threads =
      // Two: a sweep may have to wait for the session store.
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("sweeper-", 0).factory());

  /**
   * Does something in every period from now on.
   *
   * @param what it is, for the log when it fails; it is done again nevertheless
   */
  void every(Duration period, String what, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            // One that throws would be the last.
            Log.survived(what, e);
          }
        };
    long nanos = period.toNanos();
    var _ = threads.scheduleAtFixedRate(guarded, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Nothing is begun any more; what is under way is interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package dev.plumbline.server.control.port;

import dev.plumbline.server.observe.Log;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where what may take a moment is done: reading a large section, changing settings. Apart from the
 * event loop, so that a health check never waits for it, and bounded.
 */
final class Desk implements AutoCloseable {
  /** So many requests may wait or be worked on. */
  static final int MAX = 64;

  private static final int THREADS = 2;

  private final Semaphore free = new Semaphore(MAX);
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          THREADS, Thread.ofPlatform().daemon().name("control-desk-", 0).factory());

  Desk() {
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Makes an answer on another thread. */
  void answer(Supplier<Told> work, Consumer<Told> told) {
    if (!free.tryAcquire()) {
      told.accept(
          Told.error(503, "busy", "too many requests wait here; try again in a moment")
              .with("Retry-After", "1"));
      return;
    }
    try {
      threads.execute(
          () -> {
            try {
              told.accept(safely(work));
            } finally {
              free.release();
            }
          });
    } catch (RejectedExecutionException e) {
      free.release();
      told.accept(Told.error(503, "stopped", "the control port has stopped"));
    }
  }

  private static Told safely(Supplier<Told> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError e) {
      // FM-38: a section that fails must not take the others with it.
      Log.failure("control-desk", e);
      return Told.error(500, "failed", "this could not be answered; the log has the reason");
    }
  }

  /** Does something again and again. */
  Future<?> every(Duration period, Runnable work) {
    long nanos = period.toNanos();
    return threads.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            // What throws would not be called again.
            Log.survived("control-desk", e);
          }
        },
        0,
        nanos,
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

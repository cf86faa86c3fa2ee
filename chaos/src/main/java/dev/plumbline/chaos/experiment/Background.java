package dev.plumbline.chaos.experiment;

import dev.plumbline.evidence.model.HarnessException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Asks at an even pace on a thread of its own until it is closed. */
public final class Background implements AutoCloseable {
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopping;

  Background(Bench bench, Client client, Duration pace) {
    thread =
        Thread.ofVirtual()
            .name("background lane")
            .start(
                () -> {
                  try {
                    run(bench, client, pace);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (HarnessException | RuntimeException e) {
                    failure.set(e);
                  }
                });
  }

  private void run(Bench bench, Client client, Duration pace)
      throws HarnessException, InterruptedException {
    long intended = System.nanoTime();
    while (!stopping) {
      client.ask(intended, 0, 0);
      intended += pace.toNanos();
      // An open schedule, but never a burst to catch up with what a slow answer held back.
      intended = Math.max(intended, System.nanoTime() - pace.toNanos());
      bench.pauseUntil(intended);
    }
  }

  /**
   * Ends after the request under way.
   *
   * @throws HarnessException when recording failed meanwhile
   */
  @Override
  public void close() throws HarnessException {
    stopping = true;
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    switch (failure.get()) {
      case null -> {}
      case HarnessException e -> throw e;
      case Exception e -> throw new HarnessException("the background lane broke: " + e, e);
    }
  }
}

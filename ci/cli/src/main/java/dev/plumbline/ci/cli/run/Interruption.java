package dev.plumbline.ci.cli.run;

import dev.plumbline.evidence.model.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the thread that runs is interrupted, gets a bounded time to heal faults, end
 * children and write down what it has, and the process ends with the exit code of a harness fault.
 * A shutdown hook, because the JDK offers no other way to hear of a signal.
 */
public final class Interruption implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicBoolean requested = new AtomicBoolean();
  private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::stop);

  private Interruption() {}

  /** Begins to listen, for the thread that calls. */
  public static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the user asked to stop. */
  public boolean requested() {
    return requested.get();
  }

  private void stop() {
    requested.set(true);
    worker.interrupt();
    boolean clean = false;
    try {
      clean = finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Children.end();
    if (!clean) {
      System.err.println("plumbline: interrupted; what was recorded so far is kept, unfinished");
    }
    Runtime.getRuntime().halt(ExitCode.HARNESS_FAULT.code());
  }

  /** The work is over, in whatever way; after an interruption this is what ends the process. */
  @Override
  public void close() {
    finished.countDown();
    if (!requested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came in this very moment: the hook runs and ends the process.
        requested.set(true);
      }
    }
  }
}

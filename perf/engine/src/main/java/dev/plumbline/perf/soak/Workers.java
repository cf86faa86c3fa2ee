package dev.plumbline.perf.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work on several threads; the first failure is the failure of all. */
final class Workers {
  /** What one worker does. */
  @FunctionalInterface
  interface Work {
    /** Does the share of worker number {@code index}. */
    void run(int index) throws IOException, InterruptedException;
  }

  private Workers() {}

  static void run(int count, Work work) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        running.add(
            threads.submit(
                () -> {
                  work.run(index);
                  return null;
                }));
      }
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }
  }
}

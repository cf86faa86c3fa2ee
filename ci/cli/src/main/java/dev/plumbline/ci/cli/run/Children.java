package dev.plumbline.ci.cli.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes this one started, as a last resort: whoever started one ends it first. */
final class Children {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Children() {}

  /** Ends every descendant that is still alive: asks first, then does not ask. */
  static void end() {
    List<ProcessHandle> alive = ProcessHandle.current().descendants().toList();
    alive.forEach(ProcessHandle::destroy);
    CompletableFuture<Void> gone =
        CompletableFuture.allOf(
            alive.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
    try {
      gone.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      alive.forEach(ProcessHandle::destroyForcibly);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process cannot fail", e);
    } catch (InterruptedException e) {
      alive.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}

package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of a proxy's API with a deadline, which the Java client does not have. */
final class ProxyCalls {
  /** How long one call may take. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Something the client does. */
  interface Call<T> {
    T run() throws IOException, InterruptedException;
  }

  private ProxyCalls() {}

  static <T> T bounded(String what, Call<T> call) throws HarnessException, InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .name("proxy api: " + what)
            .start(
                () -> {
                  try {
                    answer.complete(call.run());
                  } catch (Throwable e) {
                    answer.completeExceptionally(e);
                  }
                });
    try {
      return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HarnessException(
          "the fault proxy did not answer within " + DEADLINE.toSeconds() + " s: " + what, e);
    } catch (ExecutionException e) {
      String why = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
      throw new HarnessException("the fault proxy failed to " + what + ": " + why.strip(), e);
    } finally {
      caller.interrupt();
    }
  }
}

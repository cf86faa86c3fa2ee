package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.HttpConversation;
import dev.plumbline.evidence.model.HarnessException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream that stays open beside a walk, read by a thread of its own until it is ended. */
final class Lasting {
  /** No stream lasts longer. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** How long its thread may take to notice that it has ended. */
  private static final long GRACE_MILLIS = 2_000;

  private final HttpConversation conversation;
  private final CompletableFuture<Exchange> seen = new CompletableFuture<>();
  private final Thread thread;

  /** Opens it, and waits for its first event, but not for long. */
  Lasting(HttpConversation conversation, String label, Draft draft, Duration patience)
      throws InterruptedException {
    this.conversation = conversation;
    CountDownLatch first = new CountDownLatch(1);
    this.thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    seen.complete(
                        conversation.send(
                            label,
                            draft.deadline(LONGEST),
                            event -> {
                              first.countDown();
                              return false;
                            }));
                  } catch (HarnessException | InterruptedException e) {
                    seen.completeExceptionally(e);
                  } finally {
                    first.countDown();
                  }
                });
    // Without it the walk goes on all the same: how soon a stream begins is left open.
    var _ = first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes it; what came on it, unless nothing can be told. */
  Optional<Exchange> end() throws HarnessException, InterruptedException {
    conversation.close();
    try {
      return Optional.of(seen.get(GRACE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      thread.interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HarnessException fault) {
        throw fault;
      }
      return Optional.empty();
    }
  }

  /** Closes it, whatever came. */
  void abandon() {
    conversation.close();
    thread.interrupt();
  }
}

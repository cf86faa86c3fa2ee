package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream was left, and how long to wait before it is taken up again. Used by one thread.
 */
final class StreamCursor {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Reach reach;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private @Nullable String lastId;
  private @Nullable Long retryMillis;
  private boolean brought;

  /** At the beginning of a stream of this server. */
  StreamCursor(Reach reach) {
    this.reach = reach;
  }

  /** The last event id, or null when the stream named none. */
  @Nullable String lastId() {
    return lastId;
  }

  void moved(EventStream.Event event) {
    lastId = event.id() == null ? lastId : event.id();
    retryMillis = event.retryMillis() == null ? retryMillis : event.retryMillis();
    brought = true;
  }

  /**
   * Waits before the next attempt. A connection that brought an event earns the next one; others
   * take from the budget that all streams of the server share.
   */
  void pause() throws IOException, InterruptedException {
    if (brought) {
      backoff.reset();
    } else if (!reach.again()) {
      throw new IOException("the server's streams broke too often: 5 fruitless reconnects in 30 s");
    }
    brought = false;
    Thread.sleep(wait(retryMillis));
  }

  /** Waits until a server that is left alone may be tried; that costs nothing of the budget. */
  static void sleep(ServerAwayException away) throws InterruptedException {
    Duration wait = away.retryAfter();
    Thread.sleep(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait);
  }

  /** What the server asked for, within limits; otherwise a wait with jitter. */
  private Duration wait(@Nullable Long asked) {
    Duration wait = asked == null ? backoff.next() : Duration.ofMillis(asked);
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}

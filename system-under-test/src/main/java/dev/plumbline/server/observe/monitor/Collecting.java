package dev.plumbline.server.observe.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has all garbage collected while the heap counts as full. What is in use is known from the last
 * collection only; a server that refuses work allocates little, so that the next one, which would
 * show that there is room again, may not come by itself. At most one at a time, and each that does
 * not help doubles the wait for the next.
 */
final class Collecting {
  /** A collector that has to come by itself does so sooner. */
  static final Duration FIRST = Duration.ofSeconds(2);

  /** No two are closer to each other than that once several did not help. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final Runnable collector;
  private final AtomicBoolean running = new AtomicBoolean();
  private @Nullable Instant since;
  private Duration wait = FIRST;

  Collecting(Runnable collector) {
    this.collector = collector;
  }

  /** The heap is full now, or it is not; called by one thread at a time. */
  void see(boolean full, Instant now) {
    if (!full) {
      since = null;
      wait = FIRST;
    } else if (since == null) {
      since = now;
    } else if (!now.isBefore(since.plus(wait)) && running.compareAndSet(false, true)) {
      since = now;
      wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
      // It takes as long as the heap is large: whoever looks at the process does not wait for it.
      Thread.ofPlatform().daemon().name("collect-garbage").start(this::collect);
    }
  }

  private void collect() {
    try {
      collector.run();
    } finally {
      running.set(false);
    }
  }
}

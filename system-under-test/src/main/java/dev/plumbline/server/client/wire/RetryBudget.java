package dev.plumbline.server.client.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How often something may be tried again in a sliding window (C8: 5 per 30 s). */
public final class RetryBudget {
  private static final int RETRIES = 5;
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private final Deque<Long> spent = new ArrayDeque<>();

  /** A budget on the given clock. */
  public RetryBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes one retry; false when the window holds no more. */
  public synchronized boolean take() {
    long now = nanoTime.getAsLong();
    while (!spent.isEmpty() && now - spent.getFirst() >= WINDOW.toNanos()) {
      spent.removeFirst();
    }
    if (spent.size() >= RETRIES) {
      return false;
    }
    spent.addLast(now);
    return true;
  }
}

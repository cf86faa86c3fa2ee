package dev.plumbline.server.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How often something may be tried again in a sliding window (C8), so that retries do not become
 * the load that keeps a dependency down. Safe for any number of threads.
 */
public final class RetryBudget {
  private static final int RETRIES = 5;
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final int retries;
  private final Duration window;
  private final LongSupplier nanoTime;
  private final Deque<Long> spent = new ArrayDeque<>();

  /**
   * A budget.
   *
   * @param retries how many
   * @param window in this time
   */
  RetryBudget(int retries, Duration window, LongSupplier nanoTime) {
    this.retries = retries;
    this.window = window;
    this.nanoTime = nanoTime;
  }

  /** A budget of 5 retries within 30 s. */
  public static RetryBudget standard(LongSupplier nanoTime) {
    return new RetryBudget(RETRIES, WINDOW, nanoTime);
  }

  /** Takes one retry; false when the window holds no more. */
  public synchronized boolean take() {
    long now = nanoTime.getAsLong();
    while (!spent.isEmpty() && now - spent.getFirst() >= window.toNanos()) {
      spent.removeFirst();
    }
    if (spent.size() >= retries) {
      return false;
    }
    spent.addLast(now);
    return true;
  }
}

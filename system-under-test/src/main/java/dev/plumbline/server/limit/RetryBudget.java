package dev.plumbline.server.limit;

import dev.plumbline.server.config.RetrySettings;
import dev.plumbline.server.config.ServerConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How often something may be tried again in a sliding window (C8), so that retries do not become
 * the load that keeps a dependency down. Safe for any number of threads.
 */
public final class RetryBudget {
  private final Supplier<RetrySettings> settings;
  private final LongSupplier nanoTime;
  private final Deque<Long> spent = new ArrayDeque<>();

  /** A budget of the given size, which may change, on the given clock. */
  public RetryBudget(Supplier<RetrySettings> settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** A budget of the usual size. */
  public static RetryBudget standard(LongSupplier nanoTime) {
    RetrySettings usual = ServerConfig.standard().retry();
    return new RetryBudget(() -> usual, nanoTime);
  }

  /** Takes one retry; false when the window holds no more. */
  public synchronized boolean take() {
    RetrySettings limits = settings.get();
    long now = nanoTime.getAsLong();
    while (!spent.isEmpty() && now - spent.getFirst() >= limits.window().toNanos()) {
      spent.removeFirst();
    }
    if (spent.size() >= limits.retries()) {
      return false;
    }
    spent.addLast(now);
    return true;
  }
}

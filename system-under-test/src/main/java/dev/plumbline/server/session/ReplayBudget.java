package dev.plumbline.server.session;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all streams together keep for clients that come back. */
public final class ReplayBudget {
  private final long cap;
  private final AtomicLong held = new AtomicLong();

  /** A budget of so many bytes. */
  public ReplayBudget(long cap) {
    this.cap = cap;
  }

  boolean tryTake(int bytes) {
    long before = held.get();
    while (before + bytes <= cap) {
      if (held.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  /** How many bytes are kept now. */
  public long held() {
    return held.get();
  }
}

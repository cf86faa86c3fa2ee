package dev.plumbline.server.limit;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on bytes held in memory at once, over everything that shares it. */
public final class ByteBudget {
  private final long cap;
  private final AtomicLong held = new AtomicLong();

  /** A budget of at most {@code cap} bytes. */
  public ByteBudget(long cap) {
    this.cap = cap;
  }

  /** Takes the bytes if they are free; never waits. */
  public boolean tryTake(long bytes) {
    if (held.addAndGet(bytes) <= cap) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  /** Takes bytes whether they are free or not: they are there already. */
  public void take(long bytes) {
    held.addAndGet(bytes);
  }

  /** Gives bytes back. */
  public void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  /** True when so many bytes are free at this moment. */
  public boolean hasRoomFor(long bytes) {
    return held.get() + bytes <= cap;
  }

  /** How many bytes are held. */
  public long held() {
    return held.get();
  }
}

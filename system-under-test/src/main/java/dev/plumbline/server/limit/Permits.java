package dev.plumbline.server.limit;

import java.util.concurrent.Semaphore;

/**
 * A bound on something held at once. A permit is taken before any queueing, so the count never
 * exceeds the cap (C6).
 */
public final class Permits {
  private final int cap;
  private final Semaphore free;

  /** Permits for at most {@code cap} holders. */
  public Permits(int cap) {
    this.cap = cap;
    this.free = new Semaphore(cap);
  }

  /** Takes a permit if one is free; never waits. */
  public boolean tryTake() {
    return free.tryAcquire();
  }

  /** Gives a permit back. */
  public void giveBack() {
    free.release();
  }

  /** How many are held. */
  public int held() {
    return cap - free.availablePermits();
  }

  /** How many can be held. */
  public int cap() {
    return cap;
  }
}

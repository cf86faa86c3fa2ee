package dev.plumbline.server.registry;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How often and how long somebody waited for somebody else (R171). */
public final class Contention {
  private final LongAdder waits = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  /** Nobody has waited. */
  Contention() {}

  void waited(long waitedNanos) {
    waits.increment();
    nanos.add(waitedNanos);
    longest.accumulate(waitedNanos);
  }

  /** How often. */
  public long waits() {
    return waits.sum();
  }

  /** How long in all, in nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }

  /** The longest, in nanoseconds. */
  public long longestNanos() {
    return longest.get();
  }
}

package dev.plumbline.server.limit;

import java.time.Duration;

/**
 * How long one slow peer takes until it is served as before: from the look that finds it reading
 * again until nothing much waits for it any more. One that reads so little that it is slow again
 * has not recovered meanwhile. Not safe for several threads: belongs to the lock of its flow.
 */
final class Recovery {
  /** What a look came to. */
  enum Finding {
    /** There is nothing new to tell. */
    NOTHING,
    /** It is served as before. */
    DONE,
    /** It reads again, and the time for that is over; told once. */
    LATE
  }

  private boolean slow;
  private boolean reads;
  private boolean late;
  private long since;
  private long took;

  /**
   * Looks at the peer.
   *
   * @param slowNow it has taken nothing for a while
   * @param asBefore it is served like everybody else
   * @param limit it may take so long
   */
  Finding look(boolean slowNow, boolean asBefore, long nanos, Duration limit) {
    if (!slow) {
      slow = slowNow;
      return Finding.NOTHING;
    }
    if (!reads && !slowNow) {
      reads = true;
      since = nanos;
    }
    if (!reads) {
      return Finding.NOTHING;
    }
    took = nanos - since;
    if (took > limit.toNanos() && !late) {
      // The end of it, if this is one, is told by the next look.
      late = true;
      return Finding.LATE;
    }
    if (!asBefore) {
      return Finding.NOTHING;
    }
    slow = false;
    reads = false;
    late = false;
    return Finding.DONE;
  }

  /** How long it took, or has taken up to now. */
  long tookNanos() {
    return took;
  }
}

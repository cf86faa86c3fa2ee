package dev.plumbline.perf.load;

import java.util.concurrent.locks.LockSupport;

/** The clock the engine keeps its schedule by; tests inject one they move themselves. */
public interface Ticker {
  /** The monotonic time in nanoseconds, of unknown origin. */
  long nanos();

  /**
   * Returns at {@code deadline} or as soon after it as the machine allows; at once when it passed.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void awaitUntil(long deadline) throws InterruptedException;

  /** The machine's monotonic clock. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }

  /** {@link System#nanoTime()} and parking. */
  enum SystemTicker implements Ticker {
    INSTANCE;

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void awaitUntil(long deadline) throws InterruptedException {
      for (long left = deadline - nanos(); left > 0; left = deadline - nanos()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.parkNanos(this, left);
      }
    }
  }
}

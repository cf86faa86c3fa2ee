package dev.plumbline.perf.load;

/** A clock that moves only when told to, or when someone waits. */
public class FakeTicker implements Ticker {
  private long now;

  /** A clock at an arbitrary origin. */
  public FakeTicker() {
    now = 7_000_000_000L;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void awaitUntil(long deadline) {
    now = Math.max(now, deadline);
  }

  /** Time passes. */
  public void pass(long nanos) {
    now += nanos;
  }
}

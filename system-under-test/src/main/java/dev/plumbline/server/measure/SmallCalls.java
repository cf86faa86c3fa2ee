package dev.plumbline.server.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Small calls over one connection, due at a constant rate; a call that begins late because the one
 * before took long counts from when it was due.
 */
final class SmallCalls implements AutoCloseable {
  private static final int PER_SECOND = 100;
  private static final int OK = 200;
  private static final String TOOL = "echo";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int WHOLE = 100;

  private final HttpWire wire;
  private long[] nanos = new long[0];
  private int count;
  private int failed;

  SmallCalls(int port) throws IOException {
    this.wire = new HttpWire(port);
  }

  /** Calls for so long. */
  void run(Duration duration) throws IOException {
    long between = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    int all = (int) (duration.toNanos() / between);
    nanos = new long[all];
    long begun = System.nanoTime();
    for (count = 0; count < all; count++) {
      long due = begun + count * between;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String text = "small-" + count;
      HttpWire.Head head =
          wire.ask(
              "POST",
              HttpWire.JSON + StatelessCall.fields(TOOL),
              StatelessCall.message(count + 1, TOOL, "{\"text\":\"" + text + "\"}", "{}"));
      boolean well = wire.body(head).contains(text) && head.status() == OK;
      failed += well ? 0 : 1;
      nanos[count] = System.nanoTime() - due;
    }
  }

  /** How many there were. */
  int count() {
    return count;
  }

  /** How many were not answered well. */
  int failed() {
    return failed;
  }

  /** The longest time of so many hundredths of them, in milliseconds. */
  double millis(int percent) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int at = Math.max(0, (int) Math.ceil(sorted.length * (double) percent / WHOLE) - 1);
    return sorted.length == 0 ? Double.NaN : sorted[at] / NANOS_PER_MILLI;
  }

  @Override
  public void close() {
    wire.close();
  }
}

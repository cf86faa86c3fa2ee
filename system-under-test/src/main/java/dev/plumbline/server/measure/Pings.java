package dev.plumbline.server.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Pings over many sessions in turn, and how long each took. */
final class Pings {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram times = new Histogram(LONGEST_NANOS, 3);
  private long failed;

  Pings run(List<LineSession> sessions, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int at = 0; System.nanoTime() < end; at++) {
      long began = System.nanoTime();
      boolean well;
      try {
        well = sessions.get(at % sessions.size()).ping();
      } catch (IOException e) {
        well = false;
      }
      failed += well ? 0 : 1;
      times.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - began));
    }
    return this;
  }

  void add(Pings other) {
    times.add(other.times);
    failed += other.failed;
  }

  /** How many there were. */
  long all() {
    return times.getTotalCount();
  }

  /** How many were not answered. */
  long failed() {
    return failed;
  }

  /** So many hundredths took no longer, in milliseconds. */
  double millis(int percent) {
    return times.getValueAtPercentile(percent) / NANOS_PER_MILLI;
  }
}

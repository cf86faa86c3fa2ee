package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls at a low rate that show how well a server is without load. */
final class Probing {
  /** As few as do not disturb, as many as give a percentile every second. */
  static final int PER_SECOND = 200;

  static final int CONNECTIONS = 8;

  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int WINDOWS = 8;
  private static final double NANOS_PER_MILLI = 1e6;

  private Probing() {}

  /** Before the load. */
  static Probe before(Flood flood) throws IOException, InterruptedException {
    return probe(flood, BEFORE, System.nanoTime());
  }

  /**
   * Right after the load, window by window.
   *
   * @param start the moment that times count from
   */
  static List<Probe> after(Flood flood, long start) throws IOException, InterruptedException {
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < WINDOWS; i++) {
      probes.add(probe(flood, WINDOW, start));
    }
    return probes;
  }

  private static Probe probe(Flood flood, Duration length, long start)
      throws IOException, InterruptedException {
    double from = (System.nanoTime() - start) / NANOS_PER_MILLI;
    Tally tally = flood.run(Arrivals.open(PER_SECOND, length), length);
    return new Probe(
        from,
        (System.nanoTime() - start) / NANOS_PER_MILLI,
        tally.total(),
        tally.of(Fate.ANSWERED),
        Kept.p99Millis(tally.answered()));
  }
}

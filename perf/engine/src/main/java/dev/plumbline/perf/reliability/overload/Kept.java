package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** From what a flood counted to the forms that are kept. */
final class Kept {
  private static final int MAX_INTERVALS = 120;
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double P99 = 99;

  private Kept() {}

  /** A second, or more when there would be too many. */
  static Duration interval(double seconds) {
    return Duration.ofSeconds(Math.max(1, (long) Math.ceil(seconds / MAX_INTERVALS)));
  }

  /** The counts of a flood. */
  static Load load(Tally tally, double rate, double seconds) {
    List<Map<Fate, Long>> series = new ArrayList<>();
    for (int i = 0; i < tally.intervals(); i++) {
      series.add(tally.of(i));
    }
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      fates.put(fate, tally.of(fate));
    }
    return new Load(
        rate, seconds, fates, series, tally.interval().toMillis(), tally.details(), series.size());
  }

  /** Writes one interval log. */
  static void log(Path file, String title, List<Histogram> intervals, Duration interval)
      throws IOException {
    List<IntervalLog.Entry> entries = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      double start = i * interval.toMillis() / MILLIS_PER_SECOND;
      entries.add(new IntervalLog.Entry("", start, intervals.get(i)));
    }
    new IntervalLog(entries).write(file, title, interval.toMillis());
  }

  /** The 99th percentile in milliseconds, to the microsecond. */
  static double p99Millis(List<Histogram> intervals) {
    return Math.round(Tally.sum(intervals).getValueAtPercentile(P99) / NANOS_PER_MICRO)
        / MICROS_PER_MILLI;
  }
}

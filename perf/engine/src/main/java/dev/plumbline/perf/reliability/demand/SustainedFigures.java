package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.judge.Binomial;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.Others;
import dev.plumbline.perf.reliability.overload.OverloadRecord;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Reads the figures of a load at 0.8 of the capacity. */
final class SustainedFigures {
  static final String ALONE = "sustained seconds without others";

  /** Begins the names of percentiles of those seconds. */
  static final String ALONE_AT = "sustained, others aside, ";

  private SustainedFigures() {}

  /** Adds them; nothing when there was no such load. */
  static void add(Figures figures, Path folder, Load load) throws IOException {
    long total = load.total();
    if (total == 0) {
      return;
    }
    IntervalLog log = IntervalLog.read(folder.resolve(OverloadRecord.SUSTAINED_ANSWERED));
    figures.add("sustained rate", load.perSecond(), "1/s", total);
    percentiles(figures, "sustained ", log.merged(""));
    alone(figures, folder, log.entries());
    long failed = total - load.of(Fate.ANSWERED);
    figures.add("sustained success", (double) load.of(Fate.ANSWERED) / total, "1", total);
    figures.add(
        "sustained failures, 95 % upper bound", Binomial.upperBound(failed, total), "1", total);
  }

  /** The same, without the seconds in which other programs or machines took the processors. */
  private static void alone(Figures figures, Path folder, List<IntervalLog.Entry> seconds)
      throws IOException {
    Path file = folder.resolve(Others.FILE);
    Optional<Others> others =
        Files.exists(file) ? Optional.of(Json.read(file, Others.class)) : Optional.empty();
    List<Histogram> kept = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      int second = i;
      if (others.map(known -> known.isAlone(second)).orElse(true)) {
        kept.add(seconds.get(i).histogram());
      }
    }
    figures.add(ALONE, (double) kept.size() / seconds.size(), "1", seconds.size());
    percentiles(figures, ALONE_AT, Tally.sum(kept));
  }

  private static void percentiles(Figures figures, String prefix, Histogram times) {
    long samples = times.getTotalCount();
    figures.add(prefix + "p50", OverloadFigures.millis(times, 50), "ms", samples);
    figures.add(prefix + "p95", OverloadFigures.millis(times, 95), "ms", samples);
    figures.add(prefix + "p99", OverloadFigures.millis(times, 99), "ms", samples);
    figures.add(prefix + "p999", OverloadFigures.millis(times, 99.9), "ms", samples);
  }
}

package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.Others;
import dev.plumbline.perf.reliability.overload.OverloadRecord;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.ThroughputRecord;
import dev.plumbline.perf.reliability.overload.ThroughputRecord.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Reads the figures of messages of several sizes. */
final class ThroughputFigures {
  static final String FAILED = "messages failed, all sizes";
  static final String FEWEST = "messages answered of a size, fewest";
  static final String GROWTH = "bytes a second over those of the next smaller size, lowest";
  static final String ENDED = "server ended";

  /** The named target of 95,000 messages of 4 KiB a second (C2): what was seen over it. */
  static final String SHARE = "share of the named target of 95,000/s at 4 KiB";

  private static final double TARGET = 95_000;
  private static final double KIBIBYTE = 1_024;
  private static final double MEBIBYTE = 1_048_576;
  private static final double P99 = 99;

  private ThroughputFigures() {}

  static Figures read(Path folder) throws IOException {
    ThroughputRecord record =
        Json.read(folder.resolve(ThroughputRecord.FILE), ThroughputRecord.class);
    Figures figures = new Figures();
    figures.add(OverloadFigures.CAPACITY, record.capacity(), "1/s", record.steps().size());
    figures.add(ENDED, record.alive() ? 0 : 1, "1", 1);
    payloads(figures, record.payloads());
    if (record.capacity() > 0) {
      SustainedFigures.add(figures, folder, record.sustained());
      Histogram late =
          IntervalLog.read(folder.resolve(OverloadRecord.SUSTAINED_LATENESS)).merged("");
      figures.add(
          OverloadFigures.LATENESS, OverloadFigures.millis(late, P99), "ms", late.getTotalCount());
    }
    return figures;
  }

  private static void payloads(Figures figures, List<Payload> payloads) {
    long total = 0;
    long failed = 0;
    long fewest = Long.MAX_VALUE;
    double lowest = Double.POSITIVE_INFINITY;
    double before = 0;
    for (Payload payload : payloads) {
      Load load = payload.load();
      long answered = load.of(Fate.ANSWERED);
      total += load.total();
      failed += load.total() - answered;
      fewest = Math.min(fewest, answered);
      double perSecond = perSecond(payload);
      double bytes = perSecond * payload.bytes();
      figures.add("messages a second of " + size(payload.bytes()), perSecond, "1/s", answered);
      figures.add("text a second of " + size(payload.bytes()), bytes / MEBIBYTE, "MiB/s", answered);
      if (before > 0) {
        lowest = Math.min(lowest, bytes / before);
      }
      before = bytes;
      if (payload.bytes() == ThroughputRecord.SEARCHED) {
        figures.add(SHARE, perSecond / TARGET, "1", answered);
      }
    }
    if (payloads.size() > 1) {
      figures.count(FAILED, failed, total);
      figures.count(FEWEST, fewest, total);
      figures.add(GROWTH, lowest, "1", total);
    }
  }

  /** Of the seconds that others did not take; of all when they took each. */
  private static double perSecond(Payload payload) {
    List<Map<Fate, Long>> seconds = payload.load().series();
    List<Neighbours.Taken> taken = payload.others();
    Others others = new Others(Others.SCHEMA, payload.load().intervalMillis(), taken, taken.size());
    List<Long> alone = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      if (others.isAlone(i)) {
        alone.add(seconds.get(i).getOrDefault(Fate.ANSWERED, 0L));
      }
    }
    return alone.isEmpty()
        ? payload.load().of(Fate.ANSWERED) / payload.load().seconds()
        : alone.stream().mapToLong(Long::longValue).average().orElse(0)
            * 1_000
            / payload.load().intervalMillis();
  }

  static String size(int bytes) {
    return bytes < KIBIBYTE ? bytes + " B" : Math.round(bytes / KIBIBYTE) + " KiB";
  }
}

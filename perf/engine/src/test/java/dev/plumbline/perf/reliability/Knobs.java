package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.process.Neighbours;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.Lane;
import dev.plumbline.perf.reliability.overload.Others;
import dev.plumbline.perf.reliability.overload.OverloadRecord;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Probe;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import dev.plumbline.perf.reliability.overload.Stalls;
import dev.plumbline.perf.reliability.raw.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** An overload experiment as it should be, with a knob for everything that can go wrong. */
final class Knobs {
  private static final int SECONDS = 10;

  double capacity = 1_000;
  long answered = 9_500;
  long refused = 10_500;
  long wrong;
  long timedOut;
  double refusalMillis = 2;
  List<Long> stalls = List.of(0L);
  double latenessMillis = 0.1;
  double healthMillis = 2;
  double drainMillis = 2;
  double cancelMillis = 2;
  double dispatchP50Micros = 100;
  double dispatchP95Micros = 200;
  double dispatchP99Micros = 300;
  long lost;
  double highest = 1_500;
  double probeMillis = 1.1;
  long heapAfter = 21_000_000;
  boolean alive = true;
  double sustainedMillis = 0.5;

  /** What others took in each second at 0.8 of the capacity; the last one is the slow one. */
  List<Long> others = List.of(0L);

  /** What a hypervisor took in as many seconds, or more. */
  List<Long> stolen = List.of(0L, 0L, 0L, 0L);

  long sustainedFailed;
  boolean stats = true;

  static IntervalLog log(long count, double millis) {
    Histogram histogram = IntervalLog.histogram();
    if (count > 0) {
      histogram.recordValueWithCount((long) (millis * 1e6), count);
    }
    return new IntervalLog(List.of(new IntervalLog.Entry("", 0, histogram)));
  }

  /** One interval for each second there is a stall of; the last refusal is the slow one. */
  private IntervalLog refusals() {
    if (stalls.size() == 1) {
      return log(refused, refusalMillis);
    }
    List<IntervalLog.Entry> seconds = new ArrayList<>();
    for (int i = 0; i < stalls.size(); i++) {
      boolean last = i == stalls.size() - 1;
      long count = last ? 1 : i == 0 ? refused - 1 : 0;
      IntervalLog one = log(count, last ? refusalMillis : 2);
      seconds.add(new IntervalLog.Entry("", i, one.entries().getFirst().histogram()));
    }
    return new IntervalLog(seconds);
  }

  private IntervalLog sustained() {
    List<IntervalLog.Entry> seconds = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      boolean last = i == others.size() - 1;
      IntervalLog one = log(8_000 / others.size(), last ? sustainedMillis : 0.5);
      seconds.add(new IntervalLog.Entry("", i, one.entries().getFirst().histogram()));
    }
    return new IntervalLog(seconds);
  }

  static Load load(double perSecond, Map<Fate, Long> fates) {
    Map<Fate, Long> all = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      all.put(fate, fates.getOrDefault(fate, 0L));
    }
    return new Load(perSecond, SECONDS, all, List.of(all), 10_000, List.of(), 1);
  }

  private static Lane.Counts lane(String name, long lost) {
    return new Lane.Counts(name, 500 + lost, 500, lost, 0, List.of());
  }

  static void write(Path file, IntervalLog log) throws IOException {
    log.write(file, "sample", 10_000);
  }

  /** Writes the experiment's files. */
  void write(Path folder, Part part) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve(OverloadRecord.ANSWERED), log(answered, 100));
    write(folder.resolve(OverloadRecord.REFUSED), refusals());
    if (part == Part.OVERLOAD_CHEAP) {
      write(folder.resolve(OverloadRecord.LATENESS), log(answered, latenessMillis));
    }
    if (part == Part.OVERLOAD_WORK) {
      Json.write(folder.resolve(Stalls.FILE), new Stalls(Stalls.SCHEMA, stalls, stalls.size()));
    }
    write(folder.resolve(OverloadRecord.SUSTAINED_ANSWERED), sustained());
    List<Neighbours.Taken> taken = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      taken.add(new Neighbours.Taken(others.get(i), stolen.get(i)));
    }
    Json.write(folder.resolve(Others.FILE), new Others(Others.SCHEMA, 1_000, taken, taken.size()));
    write(folder.resolve(OverloadRecord.lane("health")), log(500, healthMillis));
    write(folder.resolve(OverloadRecord.lane("drain")), log(500, drainMillis));
    write(folder.resolve(OverloadRecord.lane("cancel")), log(500, cancelMillis));
    Files.writeString(folder.resolve("queues.jsonl"), looks());
    Json.write(folder.resolve(OverloadRecord.FILE), record(part));
  }

  private String looks() {
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < 20_000; at += 100) {
      lines
          .append("{\"atMs\":")
          .append(at)
          .append(",\"healthStatus\":200,\"health\":\"up\",\"queues\":[{\"role\":\"transport\"")
          .append(",\"depth\":")
          .append(at < 10_000 ? 1_000 : 0)
          .append(",\"limit\":2000,\"max\":")
          .append(highest)
          .append(",\"rejected\":7}]}\n");
    }
    return lines + "{\"end\":200}\n";
  }

  private OverloadRecord record(Part part) {
    Load sustained = load(800, Map.of(Fate.ANSWERED, 8_000L, Fate.TIMED_OUT, sustainedFailed));
    Load overload =
        load(
            2_000,
            Map.of(
                Fate.ANSWERED, answered,
                Fate.REFUSED, refused,
                Fate.WRONG, wrong,
                Fate.TIMED_OUT, timedOut));
    String control =
        "{\"total_delivered\":1500,\"slo_violations\":0,\"by_type\":[{\"type\":\"health\","
            + "\"dispatch\":{\"count\":1500,\"p50_us\":"
            + dispatchP50Micros
            + ",\"p95_us\":"
            + dispatchP95Micros
            + ",\"p99_us\":"
            + dispatchP99Micros
            + "}}]}";
    return new OverloadRecord(
        OverloadRecord.SCHEMA,
        part.id(),
        1_100,
        List.of(new Step(capacity, 2_000, 2_000, 0, 5, 0.1, capacity > 0)),
        capacity,
        sustained,
        overload,
        List.of(lane("health", lost), lane("drain", 0), lane("cancel", 0)),
        new Probe(0, 3_000, 600, 600, 1),
        List.of(
            new Probe(10_000, 11_000, 200, 200, 9),
            new Probe(11_000, 12_000, 200, 200, probeMillis),
            new Probe(12_000, 13_000, 200, 200, probeMillis)),
        20_000_000,
        heapAfter,
        alive,
        stats ? control : "",
        true);
  }
}

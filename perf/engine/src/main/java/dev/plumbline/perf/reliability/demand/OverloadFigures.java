package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.judge.Binomial;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.Lane;
import dev.plumbline.perf.reliability.overload.OverloadRecord;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Probe;
import dev.plumbline.perf.reliability.overload.Stalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/** Reads the figures of an overload experiment. */
final class OverloadFigures {
  static final String LATENESS = "generator lateness p99";
  static final String SENT = "generator sent of due";
  static final String WELL = "generator seconds without a stall";
  static final String REFUSAL_MAX = "refusal max, stalls of the generator aside";
  static final String CAPACITY = "capacity";
  static final String REFUSED = "refused";

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double PERCENT = 100;

  /** Back to normal is no slower than this many times what it was before. */
  private static final double NORMAL = 2;

  private final Figures figures = new Figures();
  private final Path folder;
  private final OverloadRecord record;

  private OverloadFigures(Path folder, OverloadRecord record) {
    this.folder = folder;
    this.record = record;
  }

  static Figures read(Path folder) throws IOException {
    OverloadRecord record = Json.read(folder.resolve(OverloadRecord.FILE), OverloadRecord.class);
    OverloadFigures reading = new OverloadFigures(folder, record);
    reading.figures.add(CAPACITY, record.capacity(), "1/s", record.steps().size());
    if (record.capacity() > 0) {
      reading.load();
      SustainedFigures.add(reading.figures, folder, record.sustained());
      reading.control();
      reading.server();
    }
    return reading.figures;
  }

  private void load() throws IOException {
    Load load = record.overload();
    long total = load.total();
    long due = Math.round(load.perSecond() * load.seconds());
    figures.add("offered", load.perSecond(), "1/s", total);
    figures.add("offered over capacity", load.perSecond() / record.capacity(), "1", total);
    figures.add(SENT, (double) (total - load.of(Fate.NOT_SENT)) / due, "1", total);
    double goodput = load.of(Fate.ANSWERED) / load.seconds();
    figures.add("goodput", goodput, "1/s", total);
    figures.add("goodput over capacity", goodput / record.capacity(), "1", total);
    figures.count("answered", load.of(Fate.ANSWERED), total);
    figures.count(REFUSED, load.of(Fate.REFUSED), total);
    figures.count("wrong answers", load.of(Fate.WRONG), total);
    long timeouts = load.of(Fate.TIMED_OUT) + load.of(Fate.CLOSED) + load.of(Fate.NOT_SENT);
    figures.count("timeouts", timeouts, total);
    percentiles("answer", OverloadRecord.ANSWERED, load.of(Fate.ANSWERED));
    percentiles("refusal", OverloadRecord.REFUSED, load.of(Fate.REFUSED));
    refusalMax();
    if (Files.exists(folder.resolve(OverloadRecord.LATENESS))) {
      Histogram late = log(OverloadRecord.LATENESS);
      figures.add(LATENESS, millis(late, 99), "ms", late.getTotalCount());
    }
  }

  private void percentiles(String what, String file, long expected) throws IOException {
    Histogram times = log(file);
    long samples = times.getTotalCount();
    if (samples != expected) {
      throw new IOException(file + " holds " + samples + " samples, there were " + expected);
    }
    if (samples > 0) {
      figures.add(what + " p50", millis(times, 50), "ms", samples);
      figures.add(what + " p99", millis(times, 99), "ms", samples);
      figures.add(what + " p999", millis(times, 99.9), "ms", samples);
      figures.add(what + " max", times.getMaxValue() / NANOS_PER_MILLI, "ms", samples);
    }
  }

  /** The longest refusal, of the seconds in which the generator itself did not stand still. */
  private void refusalMax() throws IOException {
    Path file = folder.resolve(Stalls.FILE);
    List<IntervalLog.Entry> seconds =
        IntervalLog.read(folder.resolve(OverloadRecord.REFUSED)).entries();
    Optional<Stalls> stalls =
        Files.exists(file) ? Optional.of(Json.read(file, Stalls.class)) : Optional.empty();
    if (stalls.isPresent()) {
      if (stalls.get().count() != seconds.size()) {
        throw new IOException(Stalls.FILE + " is about another load");
      }
      figures.add(WELL, stalls.get().well(), "1", stalls.get().count());
    }
    long longest = 0;
    long samples = 0;
    for (int i = 0; i < seconds.size(); i++) {
      int second = i;
      if (stalls.map(known -> known.isWell(second)).orElse(true)) {
        Histogram times = seconds.get(i).histogram();
        longest = Math.max(longest, times.getMaxValue());
        samples += times.getTotalCount();
      }
    }
    if (samples > 0) {
      figures.add(REFUSAL_MAX, longest / NANOS_PER_MILLI, "ms", samples);
    }
  }

  private void control() throws IOException {
    long asked = 0;
    long lost = 0;
    for (Lane.Counts lane : record.lanes()) {
      Histogram times = log(OverloadRecord.lane(lane.name()));
      long samples = times.getTotalCount();
      if (samples != lane.right()) {
        throw new IOException(
            OverloadRecord.lane(lane.name()) + " holds " + samples + " of " + lane.right());
      }
      asked += lane.right() + lane.lost();
      lost += lane.lost();
      if (samples > 0) {
        figures.add(lane.name() + " p50", millis(times, 50), "ms", samples);
        figures.add(lane.name() + " p95", millis(times, 95), "ms", samples);
        figures.add(lane.name() + " p99", millis(times, 99), "ms", samples);
        figures.add(lane.name() + " max", times.getMaxValue() / NANOS_PER_MILLI, "ms", samples);
      }
    }
    Looks looks = Looks.read(folder);
    asked += looks.count();
    lost += looks.lost();
    figures.count("control requests lost", lost, asked);
    if (asked > 0) {
      figures.add(
          "control requests lost, 95 % upper bound", Binomial.upperBound(lost, asked), "1", asked);
    }
    dispatch();
    if (looks.queues() > 0) {
      figures.add("depth over cap, highest", looks.highest(), "1", looks.queues());
    }
    recovery(looks);
  }

  private void dispatch() throws IOException {
    if (record.stats().isEmpty()) {
      return;
    }
    JsonNode stats = Json.parse(record.stats());
    long samples = 0;
    double[] worst = new double[3];
    for (JsonNode type : stats.path("by_type")) {
      JsonNode dispatch = type.path("dispatch");
      samples += dispatch.path("count").asLong(0);
      worst[0] = Math.max(worst[0], dispatch.path("p50_us").asDouble(0));
      worst[1] = Math.max(worst[1], dispatch.path("p95_us").asDouble(0));
      worst[2] = Math.max(worst[2], dispatch.path("p99_us").asDouble(0));
    }
    if (samples > 0) {
      figures.add("dispatch p50", worst[0] / MICROS_PER_MILLI, "ms", samples);
      figures.add("dispatch p95", worst[1] / MICROS_PER_MILLI, "ms", samples);
      figures.add("dispatch p99", worst[2] / MICROS_PER_MILLI, "ms", samples);
      figures.add(
          "control objectives violated",
          stats.path("slo_violations").asDouble(0),
          "1",
          stats.path("total_delivered").asLong(0));
    }
  }

  /** How long after the load the calls of a window, the queues and health were as before. */
  private void recovery(Looks looks) {
    List<Probe> probes = record.probes();
    if (probes.isEmpty()) {
      return;
    }
    double limit = NORMAL * record.probeBefore().p99Millis();
    // Never back: later than anything that was looked at.
    double at = 2 * probes.getLast().toMillis();
    for (Probe probe : probes.reversed()) {
      boolean normal =
          probe.right() == probe.due()
              && probe.p99Millis() <= limit
              && looks.calm(probe.fromMillis(), probe.toMillis());
      if (normal) {
        at = probe.toMillis();
      }
    }
    double after = at / MILLIS_PER_SECOND - record.overload().seconds();
    long samples = probes.stream().mapToLong(Probe::due).sum();
    figures.add("back to normal", Math.max(0, after), "s", samples);
    Probe before = record.probeBefore();
    figures.add("call p99 before", before.p99Millis(), "ms", before.due());
  }

  private void server() {
    figures.add("server ended", record.alive() ? 0 : 1, "1", 1);
    if (record.heapBeforeBytes() > 0 && record.heapAfterBytes() > 0) {
      double growth =
          (double) (record.heapAfterBytes() - record.heapBeforeBytes()) / record.heapBeforeBytes();
      figures.add("live heap growth", PERCENT * growth, "%", 2);
      figures.add("live heap before", record.heapBeforeBytes() / 1e6, "MB", 1);
      figures.add("live heap after", record.heapAfterBytes() / 1e6, "MB", 1);
    }
  }

  private Histogram log(String file) throws IOException {
    return IntervalLog.read(folder.resolve(file)).merged("");
  }

  static double millis(Histogram histogram, double percentile) {
    return Math.round(histogram.getValueAtPercentile(percentile) / 1e3) / 1e3;
  }
}

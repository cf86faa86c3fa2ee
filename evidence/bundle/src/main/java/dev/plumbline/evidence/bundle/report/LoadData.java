package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.HistogramLogs;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/**
 * What one attempt under load recorded, as far as its pictures need it: the interval logs in {@code
 * raw/perf/<objective>-<attempt>/}. Failed requests count at the deadline, so that failing fast
 * does not look quick.
 *
 * @param folder the attempt's folder
 * @param slo the objective's id
 * @param request what was asked, in words
 * @param perSecond the arrival rate
 * @param latency from the intended start, nanoseconds, all requests that were due
 * @param service from the actual send, nanoseconds, right answers
 * @param intervals the latency of each interval by its start in seconds
 */
record LoadData(
    String folder,
    String slo,
    String request,
    double perSecond,
    Histogram latency,
    Histogram service,
    Map<Double, Histogram> intervals) {
  private static final String RECORD = "scenario.json";
  private static final String FAILED = "failed";
  private static final int DIGITS = 3;

  /** All attempts of a suite's raw folder, by folder name. */
  static List<LoadData> read(Path folder) throws IOException {
    List<LoadData> all = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return all;
    }
    TreeSet<Path> attempts = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(attempts::add);
    }
    for (Path attempt : attempts) {
      if (Files.isRegularFile(attempt.resolve(RECORD), LinkOption.NOFOLLOW_LINKS)) {
        of(attempt).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Empty when a run was cut short before everything was written. */
  private static Optional<LoadData> of(Path folder) throws IOException {
    JsonNode record;
    try {
      record = Json.read(folder.resolve(RECORD), JsonNode.class);
    } catch (IOException e) {
      return Optional.empty();
    }
    long deadline = (long) (record.path("deadlineMillis").asDouble(0) * 1e6);
    Histogram latency = histogram();
    Map<Double, Histogram> intervals = new TreeMap<>();
    for (Histogram part : HistogramLogs.read(folder.resolve("latency.hlog"))) {
      boolean failed = FAILED.equals(part.getTag());
      Histogram interval =
          intervals.computeIfAbsent(part.getStartTimeStamp() / 1000.0, _ -> histogram());
      for (var value : part.recordedValues()) {
        long nanos =
            failed ? Math.max(deadline, value.getValueIteratedTo()) : value.getValueIteratedTo();
        interval.recordValueWithCount(nanos, value.getCountAtValueIteratedTo());
        latency.recordValueWithCount(nanos, value.getCountAtValueIteratedTo());
      }
    }
    Histogram service = histogram();
    for (Histogram part : HistogramLogs.read(folder.resolve("service.hlog"))) {
      if (!FAILED.equals(part.getTag())) {
        service.add(part);
      }
    }
    if (latency.getTotalCount() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadData(
            String.valueOf(folder.getFileName()),
            record.path("slo").asString(""),
            record.path("request").asString(""),
            record.path("perSecond").asDouble(0),
            latency,
            service,
            intervals));
  }

  private static Histogram histogram() {
    Histogram histogram = new Histogram(DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }
}

package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.bundle.release.HeapLog.Collection;
import dev.plumbline.evidence.bundle.release.RegistryScale.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a release as tables for spreadsheets, by file name. A table of raw data is there
 * only where there is raw data.
 */
public final class Tables {
  /** All metrics in one table. */
  public static final String ALL = "release.csv";

  /** The folder of the other tables, with a folder for each subject. */
  public static final String FOLDER = "release/";

  private static final String IDS = "reliability/ids/figures.jsonl";

  /** Rows of a percentile curve until the rest is halved. */
  private static final int STEPS_A_HALF = 5;

  /** Demands on how soon, and how completely, something is back. */
  private static final Set<String> RECOVERY =
      Set.of(
          "RC-313", "RC-314", "RC-401", "RC-402", "RC-501", "RC-502", "RC-601", "RC-602", "RC-605",
          "RC-714", "RC-814");

  private static final String FAULT = "FM-";

  private final Release release;
  private final Path raw;
  private final Map<String, String> tables = new LinkedHashMap<>();

  private Tables(Release release, Path raw) {
    this.release = release;
    this.raw = raw;
  }

  /**
   * All tables.
   *
   * @param raw the bundle's raw data
   * @throws IOException when raw data cannot be read
   */
  public static Map<String, String> of(Release release, Path raw) throws IOException {
    Tables all = new Tables(release, raw);
    all.metrics();
    all.latency();
    all.overloads();
    all.scale();
    all.recovery();
    all.requestIds();
    all.checklist();
    return all.tables;
  }

  private void metrics() {
    Csv all = new Csv(head("section", "metric"));
    release
        .evidence()
        .forEach(
            (section, metrics) -> {
              Csv own = new Csv(head("metric"));
              metrics.forEach(
                  (name, metric) -> {
                    all.row(cells(metric, section, name));
                    own.row(cells(metric, name));
                  });
              tables.put(FOLDER + section + "/metrics.csv", own.toString());
            });
    release.named().forEach((name, metric) -> all.row(cells(metric, "named", name)));
    release
        .security()
        .counters()
        .forEach((name, metric) -> all.row(cells(metric, "counters", name)));
    tables.put(ALL, all.toString());
  }

  private static String[] head(String... first) {
    String[] rest = {
      "value", "unit", "relation", "target", "status", "samples", "source", "title", "note"
    };
    String[] head = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, head, first.length, rest.length);
    return head;
  }

  private static @Nullable Object[] cells(Metric metric, String... first) {
    @Nullable Object[] rest = {
      metric.value(),
      metric.unit(),
      metric.relation() == null
          ? null
          : switch (metric.relation()) {
            case AT_MOST -> "at most";
            case AT_LEAST -> "at least";
          },
      metric.target(),
      metric.status().text(),
      metric.samples(),
      metric.source(),
      metric.title(),
      metric.note()
    };
    @Nullable Object[] cells = new Object[first.length + rest.length];
    System.arraycopy(first, 0, cells, 0, first.length);
    System.arraycopy(rest, 0, cells, first.length, rest.length);
    return cells;
  }

  private void latency() throws IOException {
    Csv table = new Csv("log", "tag", "percentile", "value_ns", "count");
    boolean any = false;
    for (var log : HistogramLogs.all(raw).entrySet()) {
      for (Map.Entry<String, Histogram> tag : log.getValue().entrySet()) {
        for (HistogramIterationValue step : tag.getValue().percentiles(STEPS_A_HALF)) {
          any = true;
          table.row(
              log.getKey(),
              tag.getKey(),
              step.getPercentileLevelIteratedTo(),
              step.getValueIteratedTo(),
              step.getTotalCountToThisValue());
        }
      }
    }
    put(any, Section.PERFORMANCE, "latency", table);
  }

  private void overloads() throws IOException {
    Csv memory = new Csv("experiment", "seconds", "kind", "before_mib", "after_mib", "pause_ms");
    Csv search =
        new Csv(
            "experiment",
            "step",
            "offered_per_second",
            "due",
            "answered",
            "refused",
            "p99_ms",
            "borne");
    Csv seconds = new Csv("experiment", "second", "answered", "refused", "other");
    boolean anyHeap = false;
    boolean anyLoad = false;
    for (Overload overload : Overload.ALL) {
      Path folder = raw.resolve(overload.folder());
      for (Collection one : HeapLog.read(folder).collections()) {
        anyHeap = true;
        memory.row(
            overload.folder(),
            one.seconds(),
            one.kind(),
            one.beforeMib(),
            one.afterMib(),
            one.millis());
      }
      LoadSeries load = LoadSeries.read(folder);
      int number = 0;
      for (LoadSeries.Step step : load.steps()) {
        anyLoad = true;
        search.row(
            overload.folder(),
            ++number,
            step.perSecond(),
            step.due(),
            step.answered(),
            step.refused(),
            step.p99Millis(),
            step.borne());
      }
      number = 0;
      for (LoadSeries.Second second : load.seconds()) {
        seconds.row(
            overload.folder(), ++number, second.answered(), second.refused(), second.other());
      }
    }
    put(anyHeap, Section.PERFORMANCE, "memory", memory);
    put(anyLoad, Section.PERFORMANCE, "capacity", search);
    put(anyLoad, Section.PERFORMANCE, "throughput", seconds);
  }

  private void scale() throws IOException {
    Csv table =
        new Csv(
            "entries",
            "memory_bytes",
            "bytes_an_entry",
            "operations_per_second",
            "lookups",
            "lookup_p50_us",
            "lookup_p99_us",
            "lookup_p999_us");
    List<Size> sizes = RegistryScale.read(raw).sizes();
    for (Size size : sizes) {
      table.row(
          size.entries(),
          size.memoryBytes(),
          size.bytesAnEntry(),
          size.operationsPerSecond(),
          size.lookups(),
          size.p50Micros(),
          size.p99Micros(),
          size.p999Micros());
    }
    put(!sizes.isEmpty(), Section.PERFORMANCE, "scale", table);
  }

  /** How soon faults were noticed and mended, and how soon all was well again. */
  private void recovery() {
    Csv table = new Csv(head("metric"));
    boolean any = false;
    for (Map<String, Metric> metrics : release.evidence().values()) {
      for (Map.Entry<String, Metric> one : metrics.entrySet()) {
        String source = one.getValue().source();
        if (source.startsWith(FAULT) || RECOVERY.contains(source)) {
          any = true;
          table.row(cells(one.getValue(), one.getKey()));
        }
      }
    }
    put(any, Section.RELIABILITY, "recovery", table);
  }

  private void requestIds() throws IOException {
    Csv table = new Csv("kind", "threads", "ids", "collisions", "seconds");
    List<JsonNode> lines = RawLines.read(raw.resolve(IDS));
    for (JsonNode line : lines) {
      table.row(
          line.path("what").asString(""),
          line.path("threads").asLong(0),
          line.path("ids").asLong(0),
          line.path("collisions").asLong(0),
          line.path("seconds").asDouble(0));
    }
    put(!lines.isEmpty(), Section.RELIABILITY, "request-ids", table);
  }

  private void checklist() {
    Csv table = new Csv("id", "title", "status", "check", "check_status", "not_covered");
    for (Owasp row : release.security().owasp()) {
      for (Shown check : row.checks()) {
        table.row(
            row.id(),
            row.title(),
            row.status().text(),
            check.id(),
            check.status().text(),
            row.notCovered());
      }
    }
    put(true, Section.SECURITY, "owasp", table);
  }

  private void put(boolean any, Section section, String name, Csv table) {
    if (any) {
      tables.put(FOLDER + section.id() + "/" + name + ".csv", table.toString());
    }
  }
}

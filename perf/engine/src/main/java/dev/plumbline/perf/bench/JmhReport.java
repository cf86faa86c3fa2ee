package dev.plumbline.perf.bench;

import dev.plumbline.perf.bench.BenchmarkTable.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what JMH left: {@code jmh.json}, with its profiler of the collector. */
final class JmhReport {
  private static final String NORM = "gc.alloc.rate.norm";

  private JmhReport() {}

  /**
   * One row a benchmark, with the best of its iterations: a busy machine, and code that is not
   * compiled yet, only add. Those without bytes of the heap are left out.
   *
   * @throws IllegalArgumentException when a time is not in nanoseconds
   */
  static List<Row> rows(JsonNode report) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode benchmark : report) {
      List<Double> bytes = iterations(benchmark.path("secondaryMetrics").path(NORM));
      JsonNode primary = benchmark.path("primaryMetric");
      String unit = primary.path("scoreUnit").asString("");
      if (!unit.equals("ns/op")) {
        throw new IllegalArgumentException(name(benchmark) + " is measured in " + unit);
      }
      List<Double> nanos = iterations(primary);
      if (!bytes.isEmpty() && !nanos.isEmpty()) {
        rows.add(
            new Row(name(benchmark), Collections.min(bytes), Collections.min(nanos), nanos.size()));
      }
    }
    return rows;
  }

  private static List<Double> iterations(JsonNode metric) {
    List<Double> all = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      fork.forEach(iteration -> all.add(iteration.asDouble()));
    }
    return all;
  }

  /** Class and method, and parameters where it has some. */
  private static String name(JsonNode benchmark) {
    String full = benchmark.path("benchmark").asString("");
    int method = full.lastIndexOf('.');
    StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.', method - 1) + 1));
    benchmark
        .path("params")
        .forEachEntry(
            (param, value) ->
                name.append(' ').append(param).append('=').append(value.asString("")));
    return name.toString();
  }
}

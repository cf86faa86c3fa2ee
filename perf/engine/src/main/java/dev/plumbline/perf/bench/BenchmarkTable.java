package dev.plumbline.perf.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .ci/bench} measured, and what was recorded before: {@code benchmarks.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param server SHA-256 of the jar of the bundled server that was measured
 * @param rows one a benchmark and parameter
 * @param echoShare the server's rate over that of a bare echo; null when that was not run
 * @param recorded the figures of the recording by name; empty when nothing was recorded
 * @param count how many rows; written last, so that a truncated table is refused
 */
public record BenchmarkTable(
    String schema,
    String server,
    List<Row> rows,
    @Nullable Double echoShare,
    Map<String, Double> recorded,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/benchmarks/v1";

  /** The file's name. */
  public static final String FILE = "benchmarks.json";

  /**
   * One benchmark.
   *
   * @param name class and method, and parameters where it has some
   * @param bytes of the heap for each operation, the best of its iterations
   * @param nanos the same
   * @param samples how many iterations there were
   */
  public record Row(String name, double bytes, double nanos, long samples) {}

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public BenchmarkTable {
    rows = List.copyOf(rows);
    recorded = Collections.unmodifiableMap(new TreeMap<>(recorded));
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != rows.size()) {
      throw new IllegalArgumentException("sealed with " + count + " rows, found " + rows.size());
    }
  }

  /** The row of that name. */
  Optional<Row> row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** Every figure there is, by the name under which it is recorded. */
  SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    for (Row row : rows) {
      figures.put(Benchmark.Bytes.PREFIX + row.name(), row.bytes());
    }
    for (Benchmark benchmark : Benchmarks.all()) {
      benchmark
          .quantity()
          .in(this)
          .ifPresent(value -> figures.put(benchmark.quantity().figure(), value));
    }
    return figures;
  }

  /** The same with another recording. */
  BenchmarkTable with(Map<String, Double> figures) {
    return new BenchmarkTable(schema, server, rows, echoShare, figures, count);
  }
}

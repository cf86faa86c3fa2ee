package dev.plumbline.perf.bench;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.bench.BenchmarkTable.Row;
import dev.plumbline.perf.bench.Regression.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes the table of what was measured: {@code Main OUT RECORDED [record]}, with the folder that
 * holds jmh.json and perhaps report.json, and the file of what was recorded; {@code record} writes
 * that file anew. Leaves {@link BenchmarkTable#FILE} in the folder. Ends with 1 when something
 * regressed, with 2 and one line when there is nothing to compare, or nothing to compare it with.
 */
public final class Main {
  private static final String JMH = "jmh.json";
  private static final String REPORT = "report.json";
  private static final int REGRESSED = 1;
  private static final int NOTHING = 2;

  private Main() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    boolean record = arguments.length > 2 && arguments[2].equals("record");
    System.exit(run(Path.of(arguments[0]), Path.of(arguments[1]), record));
  }

  private static int run(Path out, Path file, boolean record) {
    try {
      String server = Installation.current().serverDigest();
      BenchmarkTable table = measured(out, server, record ? Map.of() : recorded(file));
      if (record) {
        table = table.with(table.figures());
        Json.write(file, new TreeMap<>(table.recorded()));
      }
      Json.write(out.resolve(BenchmarkTable.FILE), table);
      return told(table, file, record);
    } catch (IOException | HarnessException | IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      return NOTHING;
    }
  }

  private static int told(BenchmarkTable table, Path file, boolean record) {
    SortedMap<String, Double> now = table.figures();
    if (record) {
      System.out.printf("%d figures recorded in %s%n", now.size(), file);
      return 0;
    }
    System.out.print(Regression.table(table.recorded(), now));
    if (table.recorded().isEmpty()) {
      System.err.println("bench: nothing is recorded in " + file + ": run .ci/bench record first");
      return NOTHING;
    }
    boolean regressed =
        now.keySet().stream()
            .anyMatch(name -> Regression.outcome(name, table.recorded(), now) == Outcome.REGRESSED);
    return regressed ? REGRESSED : 0;
  }

  /**
   * The table of what lies in the folder.
   *
   * @throws IOException when JMH left nothing there
   */
  static BenchmarkTable measured(Path out, String server, Map<String, Double> recorded)
      throws IOException {
    Path jmh = out.resolve(JMH);
    if (!Files.exists(jmh)) {
      throw new IOException(jmh + " is missing: run .ci/bench, or .ci/bench short");
    }
    List<Row> rows = JmhReport.rows(read(jmh));
    Path report = out.resolve(REPORT);
    return new BenchmarkTable(
        BenchmarkTable.SCHEMA,
        server,
        rows,
        Files.exists(report) ? share(read(report)) : null,
        recorded,
        rows.size());
  }

  private static @Nullable Double share(JsonNode report) {
    JsonNode ratio = report.path("medianRatio");
    return ratio.isNumber() ? ratio.asDouble() : null;
  }

  /** What was recorded; nothing when there is no such file. */
  static Map<String, Double> recorded(Path file) throws IOException {
    SortedMap<String, Double> figures = new TreeMap<>();
    if (Files.exists(file)) {
      read(file).forEachEntry((name, value) -> figures.put(name, value.asDouble()));
    }
    return figures;
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.parse(Files.readString(file, StandardCharsets.UTF_8));
  }
}

package dev.plumbline.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the benchmarks say now beside what was recorded (R093): worse by more than a tenth is a
 * regression. Only figures are compared that do not depend on how fast the machine is today: bytes
 * of the heap per operation, and the share of a bare echo's rate, of the same run.
 *
 * <p>{@code Regression OUT RECORDED [record]}: the folder with jmh.json and report.json, the file
 * of what was recorded; {@code record} writes that file anew. Exit code 1 when something regressed,
 * 2 when nothing was recorded.
 */
public final class Regression {
  /** The share by which a figure may be worse. */
  static final double ALLOWED = 0.10;

  /** So few bytes are noise of the measurement, whatever share they are. */
  static final double NOISE_BYTES = 64;

  private static final String BYTES = "B/op ";
  private static final String RATIO = "share of the bare echo";
  private static final JsonMapper JSON = new JsonMapper();

  /** How a figure fared. */
  enum Outcome {
    /** Not worse by more than what is allowed. */
    HELD,
    /** Worse by more. */
    REGRESSED,
    /** Never recorded: record it. */
    NEW,
    /** Recorded, and not measured this time. */
    NOT_RUN
  }

  private Regression() {}

  /** Compares, or records. */
  public static void main(String[] arguments) throws IOException {
    SortedMap<String, Double> now = measured(Path.of(arguments[0]));
    Path file = Path.of(arguments[1]);
    if (arguments.length > 2 && arguments[2].equals("record")) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      now.forEach(json::put);
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
      System.out.printf("%d figures recorded in %s%n", now.size(), file);
      return;
    }
    if (!Files.exists(file)) {
      System.err.println("nothing is recorded in " + file + ": run .ci/bench record first");
      System.exit(2);
    }
    SortedMap<String, Double> recorded = recorded(JSON.readTree(Files.readString(file)));
    System.out.print(table(recorded, now));
    boolean regressed =
        recorded.keySet().stream()
            .anyMatch(name -> outcome(name, recorded, now) == Outcome.REGRESSED);
    System.exit(regressed ? 1 : 0);
  }

  /** What lies in the folder; a part that was not run is not there. */
  private static SortedMap<String, Double> measured(Path out) throws IOException {
    SortedMap<String, Double> figures = new TreeMap<>();
    Path jmh = out.resolve("jmh.json");
    if (Files.exists(jmh)) {
      figures.putAll(bytes(JSON.readTree(Files.readString(jmh))));
    }
    Path report = out.resolve("report.json");
    if (Files.exists(report)) {
      ratio(JSON.readTree(Files.readString(report))).ifPresent(r -> figures.put(RATIO, r));
    }
    return figures;
  }

  /** Bytes of the heap per operation, by benchmark. */
  static SortedMap<String, Double> bytes(JsonNode jmh) {
    SortedMap<String, Double> figures = new TreeMap<>();
    for (JsonNode benchmark : jmh) {
      String name = benchmark.path("benchmark").asString();
      StringBuilder key =
          new StringBuilder(BYTES)
              .append(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
      benchmark
          .path("params")
          .forEachEntry(
              (param, value) -> key.append(' ').append(param).append('=').append(value.asString()));
      JsonNode norm = benchmark.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
      if (norm.isNumber()) {
        figures.put(key.toString(), norm.asDouble());
      }
    }
    return figures;
  }

  private static Optional<Double> ratio(JsonNode report) {
    JsonNode ratio = report.path("medianRatio");
    return ratio.isNumber() ? Optional.of(ratio.asDouble()) : Optional.empty();
  }

  private static SortedMap<String, Double> recorded(JsonNode json) {
    SortedMap<String, Double> figures = new TreeMap<>();
    json.forEachEntry((name, value) -> figures.put(name, value.asDouble()));
    return figures;
  }

  /** How a figure of that name fared. */
  static Outcome outcome(String name, Map<String, Double> recorded, Map<String, Double> now) {
    Double before = recorded.get(name);
    Double after = now.get(name);
    if (before == null) {
      return Outcome.NEW;
    }
    if (after == null) {
      return Outcome.NOT_RUN;
    }
    boolean worse =
        name.startsWith(BYTES)
            ? after > before * (1 + ALLOWED) && after - before > NOISE_BYTES
            : after < before * (1 - ALLOWED);
    return worse ? Outcome.REGRESSED : Outcome.HELD;
  }

  /** For people. */
  static String table(SortedMap<String, Double> recorded, SortedMap<String, Double> now) {
    SortedMap<String, Double> all = new TreeMap<>(recorded);
    all.putAll(now);
    StringBuilder text = new StringBuilder();
    text.append(line("figure", "recorded", "now", "change", ""));
    for (String name : all.keySet()) {
      Double before = recorded.get(name);
      Double after = now.get(name);
      String change =
          before == null || after == null || before == 0
              ? "-"
              : String.format(Locale.ROOT, "%+.1f %%", 100 * (after - before) / before);
      text.append(
          line(name, shown(before), shown(after), change, words(outcome(name, recorded, now))));
    }
    return text.toString();
  }

  private static String shown(@Nullable Double figure) {
    return figure == null ? "-" : String.format(Locale.ROOT, "%.3f", figure);
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%-64s %14s %14s %10s  %s%n", (Object[]) cells);
  }
}

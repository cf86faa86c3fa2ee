package dev.plumbline.perf.slo;

import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.perf.slo.Slo.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One line of the file: its columns by name, as text.
 *
 * @param columns all columns
 */
record SloLine(Map<String, String> columns) {
  /** The columns in their order. */
  static final List<String> COLUMNS =
      List.of(
          "id",
          "target",
          "scenario",
          "rate",
          "warm-up",
          "measured",
          "connections",
          "deadline",
          "p50",
          "p95",
          "p99",
          "p999",
          "errors",
          "late p99",
          "title");

  /** The generator may take no more than one such part of the p99 limit for itself. */
  static final int LATENESS_PARTS = 3;

  private static final String NONE = "-";

  static SloLine parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (cells.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "expected " + COLUMNS.size() + " columns, found " + cells.size() + ": " + line.strip());
    }
    Map<String, String> columns = new TreeMap<>();
    for (int i = 0; i < cells.size(); i++) {
      columns.put(COLUMNS.get(i), cells.get(i));
    }
    return new SloLine(columns);
  }

  /** The same line with some columns replaced. */
  SloLine with(Map<String, String> overrides) {
    Map<String, String> merged = new TreeMap<>(columns);
    merged.putAll(overrides);
    return new SloLine(merged);
  }

  String text(String column) {
    String text = columns.get(column);
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("column " + column + " is empty");
    }
    return text;
  }

  /** The objective in that profile; empty when it does not run there. */
  Optional<Slo> slo(Profile profile) {
    String measured = timeOf("measured", profile);
    if (measured.equals(NONE)) {
      return Optional.empty();
    }
    Map<String, Double> limits =
        Arrays.stream(Percentile.values())
            .filter(p -> !text(p.id()).equals(NONE))
            .collect(Collectors.toMap(Percentile::id, p -> Quantity.millis(text(p.id()))));
    return Optional.of(
        new Slo(
            text("id"),
            text("title"),
            scenario(),
            Quantity.perSecond(text("rate")),
            Quantity.millis(timeOf("warm-up", profile)) / 1000,
            Quantity.millis(measured) / 1000,
            Quantity.count(text("connections")),
            Quantity.millis(text("deadline")),
            limits,
            Quantity.ratio(text("errors")),
            lateness(limits)));
  }

  /** The generator's lateness is part of every latency: it must be small beside the limits. */
  private double lateness(Map<String, Double> limits) {
    double stated = Quantity.millis(text("late p99"));
    Double p99 = limits.get(Percentile.P99.id());
    return p99 == null ? stated : Math.min(stated, p99 / LATENESS_PARTS);
  }

  Scenario scenario() {
    return Names.fromId(Scenario.class, text("scenario"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown scenario "
                        + text("scenario")
                        + ", known are "
                        + Names.allIds(Scenario.class)));
  }

  private String timeOf(String column, Profile profile) {
    List<String> times = Arrays.asList(text(column).split("/", -1));
    if (times.size() == 1) {
      return times.getFirst();
    }
    if (times.size() != Profile.values().length) {
      throw new IllegalArgumentException(
          column + " needs one time for each profile: " + text(column));
    }
    return switch (profile) {
      case QUICK -> times.get(0);
      case STANDARD -> times.get(1);
      case NIGHTLY -> times.get(2);
    };
  }
}

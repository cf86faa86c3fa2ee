package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.reliability.raw.MeasureRecord;
import dev.plumbline.perf.reliability.raw.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a part measured, by name, in the order it is told. */
public final class Figures {
  private final Map<String, Figure> byName = new LinkedHashMap<>();

  /** Nothing measured yet. */
  public Figures() {}

  /** Adds a figure; what is no number was not measured and is not added. */
  public Figures add(String name, double value, String unit, long samples) {
    if (Double.isFinite(value)) {
      byName.put(name, new Figure(name, value, unit, samples));
    }
    return this;
  }

  /** Adds a number of things. */
  public Figures count(String name, long value, long samples) {
    return add(name, (double) value, "1", samples);
  }

  /** The figure of that name; empty when it was not measured. */
  public Optional<Figure> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them. */
  public Collection<Figure> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Reads what a part left.
   *
   * @param folder the part's folder
   * @throws IOException when a file is missing, cut short or malformed
   */
  public static Figures read(Part part, Path folder) throws IOException {
    if (part == Part.THROUGHPUT) {
      return ThroughputFigures.read(folder);
    }
    return part.main().isEmpty() ? OverloadFigures.read(folder) : measured(part, folder);
  }

  private static Figures measured(Part part, Path folder) throws IOException {
    MeasureRecord record = Json.read(folder.resolve(MeasureRecord.FILE), MeasureRecord.class);
    List<JsonNode> lines = record.read(folder);
    return MeasureFigures.of(part, lines)
        .count(MeasureFigures.ENDED, record.ended() ? 1 : 0, 1)
        .count(MeasureFigures.EXIT, record.exit(), 1);
  }
}

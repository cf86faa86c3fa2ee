package dev.plumbline.evidence.bundle.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the registry took at each of its sizes.
 *
 * @param sizes by number of entries
 */
public record RegistryScale(List<Size> sizes) {
  /** The check over the time of lookups. */
  public static final String CHECK = "RC-201";

  private static final String FILE = "reliability/registry/figures.jsonl";

  /**
   * One size.
   *
   * @param entries how many entries there were
   * @param memoryBytes what all of them take
   * @param bytesAnEntry what one takes
   * @param operationsPerSecond lookups, inserts and removals
   * @param lookups how many lookups were timed
   * @param p50Micros the time of half of the lookups
   * @param p99Micros that of 99 %
   * @param p999Micros that of 99.9 %
   */
  public record Size(
      long entries,
      double memoryBytes,
      double bytesAnEntry,
      double operationsPerSecond,
      long lookups,
      double p50Micros,
      double p99Micros,
      double p999Micros) {}

  /** Copies the list. */
  public RegistryScale {
    sizes = List.copyOf(sizes);
  }

  /** Reads what the measurement printed; without sizes when it did not run. */
  public static RegistryScale read(Path raw) throws IOException {
    List<Size> sizes = new ArrayList<>();
    for (JsonNode line : RawLines.read(raw.resolve(FILE))) {
      for (JsonNode size : line.path("sizes")) {
        sizes.add(
            new Size(
                size.path("entries").asLong(0),
                size.path("memoryBytes").asDouble(0),
                size.path("bytesPerEntry").asDouble(0),
                size.path("operationsPerSecond").asDouble(0),
                size.path("lookupSamples").asLong(0),
                size.path("lookupP50Us").asDouble(0),
                size.path("lookupP99Us").asDouble(0),
                size.path("lookupP999Us").asDouble(0)));
      }
    }
    sizes.sort(Comparator.comparingLong(Size::entries));
    return new RegistryScale(sizes);
  }
}

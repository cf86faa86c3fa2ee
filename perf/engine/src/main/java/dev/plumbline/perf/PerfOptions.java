package dev.plumbline.perf;

import dev.plumbline.perf.slo.SloFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the user decides about load beside the run's settings.
 *
 * @param overrides settings for the calls as they are written in the configuration, by the names of
 *     {@link SloFile#OVERRIDABLE}: {@code rate → 100/s}, {@code p99 → 20ms}, {@code errors → 0.01}
 * @param gatling the folder of jars the journey runs from; it need not exist
 */
public record PerfOptions(Map<String, String> overrides, Path gatling) {
  /**
   * @throws IllegalArgumentException when a setting is unknown or unreadable; one line
   */
  public PerfOptions {
    overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
    SloFile.checkOverrides(overrides);
  }

  /** The file's own limits. */
  public static PerfOptions defaults(Path gatling) {
    return new PerfOptions(Map.of(), gatling);
  }
}

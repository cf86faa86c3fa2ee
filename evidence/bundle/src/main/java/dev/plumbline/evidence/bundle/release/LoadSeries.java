package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What came back each second of an overload, and how its capacity was found.
 *
 * @param capacity the highest rate that was borne, a second; 0 when none was found
 * @param offered the rate of the overload, a second
 * @param steps the search for the capacity
 * @param seconds the overload, second by second
 */
public record LoadSeries(double capacity, double offered, List<Step> steps, List<Second> seconds) {
  private static final String FILE = "overload.json";
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final LoadSeries NONE = new LoadSeries(0, 0, List.of(), List.of());

  /**
   * One step of the search.
   *
   * @param perSecond the rate that was offered
   * @param due how many requests there were
   * @param answered how many were answered
   * @param refused how many were refused
   * @param p99Millis the latency of 99 %
   * @param borne whether the rate was borne
   */
  public record Step(
      double perSecond, long due, long answered, long refused, double p99Millis, boolean borne) {}

  /**
   * One second.
   *
   * @param answered how many requests were answered
   * @param refused how many were refused
   * @param other how many came to anything else
   */
  public record Second(long answered, long refused, long other) {}

  /** Copies the lists. */
  public LoadSeries {
    steps = List.copyOf(steps);
    seconds = List.copyOf(seconds);
  }

  /** Reads the record of an experiment; empty when there is none. */
  public static LoadSeries read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
      return NONE;
    }
    JsonNode record;
    try {
      record = Json.read(file, JsonNode.class);
    } catch (IOException e) {
      return NONE; // cut short
    }
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : record.path("steps")) {
      steps.add(
          new Step(
              step.path("perSecond").asDouble(0),
              step.path("due").asLong(0),
              step.path("answered").asLong(0),
              step.path("refused").asLong(0),
              step.path("p99Millis").asDouble(0),
              step.path("borne").asBoolean(false)));
    }
    List<Second> seconds = new ArrayList<>();
    for (JsonNode second : record.path("overload").path("series")) {
      long all = 0;
      for (JsonNode count : second) {
        all += count.asLong(0);
      }
      long answered = second.path("ANSWERED").asLong(0);
      long refused = second.path("REFUSED").asLong(0);
      seconds.add(new Second(answered, refused, all - answered - refused));
    }
    return new LoadSeries(
        record.path("capacity").asDouble(0),
        record.path("overload").path("perSecond").asDouble(0),
        steps,
        seconds);
  }
}

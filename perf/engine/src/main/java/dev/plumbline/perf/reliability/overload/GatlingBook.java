package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the overload simulation counted: by second, by fate, by whole milliseconds. */
final class GatlingBook {
  /** The file's name. */
  static final String FILE = "book.json";

  private static final Map<String, Fate> FATES =
      Map.of(
          "ANSWERED", Fate.ANSWERED,
          "REFUSED", Fate.REFUSED,
          "WRONG", Fate.WRONG,
          "LOST", Fate.TIMED_OUT);

  private final JsonNode seconds;
  private final JsonNode stalls;

  private GatlingBook(JsonNode seconds, JsonNode stalls) {
    this.seconds = seconds;
    this.stalls = stalls;
  }

  /**
   * Reads it strictly.
   *
   * @throws IOException when it is cut short
   */
  static GatlingBook parse(String json) throws IOException {
    JsonNode book = Json.parse(json);
    JsonNode seconds = book.path("seconds");
    JsonNode stalls = book.path("stalls");
    if (!seconds.isArray()
        || book.path("count").asInt(-1) != seconds.size()
        || stalls.size() != seconds.size()) {
      throw new IOException(FILE + " is cut short");
    }
    return new GatlingBook(seconds, stalls);
  }

  int seconds() {
    return seconds.size();
  }

  /** How long the generator stood still at most, in milliseconds, second by second. */
  List<Long> stalls() {
    return stalls.valueStream().map(JsonNode::asLong).toList();
  }

  /** How many calls that began in a second met which fate. */
  Map<Fate, Long> fates(int second) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      counts.put(fate, 0L);
    }
    FATES.forEach(
        (name, fate) ->
            counts.put(
                fate, times(second, name).values().stream().mapToLong(Long::longValue).sum()));
    return counts;
  }

  /** How many calls took how many milliseconds. */
  Map<Long, Long> times(int second, String fate) {
    Map<Long, Long> times = new TreeMap<>();
    for (var time : seconds.get(second).path(fate).properties()) {
      times.put(Long.parseLong(time.getKey()), time.getValue().asLong());
    }
    return times;
  }
}

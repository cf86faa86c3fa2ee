package dev.plumbline.perf.reliability.demand;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the witness saw of a server's queues and health, look by look.
 *
 * @param looks the looks in order, lost ones too
 */
record Looks(List<JsonNode> looks) {
  static final String FILE = "queues.jsonl";

  private static final int OK = 200;
  private static final String TRANSPORT = "transport";

  /** Requests of the probe itself may be in flight while the witness looks. */
  private static final long EMPTY = 5;

  /**
   * Reads them.
   *
   * @throws IOException when the file is missing, cut short or malformed
   */
  static Looks read(Path folder) throws IOException {
    List<JsonNode> looks = new ArrayList<>();
    try {
      for (String line :
          Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8).lines().toList()) {
        looks.add(Json.parse(line));
      }
    } catch (NoSuchFileException e) {
      throw new IOException(FILE + " is missing", e);
    }
    JsonNode end = looks.isEmpty() ? null : looks.removeLast().get("end");
    if (end == null || end.asInt(-1) != looks.size()) {
      throw new IOException(FILE + " is cut short");
    }
    return new Looks(looks);
  }

  /** How many looks there were. */
  long count() {
    return looks.size();
  }

  /** How many of them saw nothing. */
  long lost() {
    return looks.stream().filter(look -> look.has("problem")).count();
  }

  /** How many queues were seen, all looks together. */
  long queues() {
    return looks.stream().mapToLong(look -> look.path("queues").size()).sum();
  }

  /** The highest depth there was, now or since the start, as a share of its cap. */
  double highest() {
    double highest = 0;
    for (JsonNode look : looks) {
      for (JsonNode queue : look.path("queues")) {
        double limit = queue.path("limit").asDouble(0);
        double depth = Math.max(queue.path("depth").asDouble(0), queue.path("max").asDouble(0));
        if (depth > 0) {
          highest = Math.max(highest, limit == 0 ? Double.MAX_VALUE : depth / limit);
        }
      }
    }
    return highest;
  }

  /** Whether, at the last look in this time, no request waited and health was as it should be. */
  boolean calm(double fromMillis, double toMillis) {
    return looks.stream()
        .filter(look -> look.path("atMs").asDouble(0) >= fromMillis)
        .filter(look -> look.path("atMs").asDouble(0) <= toMillis)
        .reduce((first, last) -> last)
        .filter(look -> look.path("healthStatus").asInt(0) == OK)
        .filter(Looks::empty)
        .isPresent();
  }

  private static boolean empty(JsonNode look) {
    for (JsonNode queue : look.path("queues")) {
      if (queue.path("role").asString("").equals(TRANSPORT)) {
        return queue.path("depth").asLong(0) <= EMPTY;
      }
    }
    return false;
  }
}

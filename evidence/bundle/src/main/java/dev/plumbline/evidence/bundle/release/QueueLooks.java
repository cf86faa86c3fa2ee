package dev.plumbline.evidence.bundle.release;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * How deep queues were when they were looked at during an overload.
 *
 * @param looks how many queues were looked at, each time counted
 * @param above how often one had been above its cap
 */
record QueueLooks(long looks, long above) {
  private static final String FILE = "queues.jsonl";

  static QueueLooks read(Path folder) throws IOException {
    long looks = 0;
    long above = 0;
    for (JsonNode look : RawLines.read(folder.resolve(FILE))) {
      for (JsonNode queue : look.path("queues")) {
        long limit = queue.path("limit").asLong(0);
        long deepest = Math.max(queue.path("depth").asLong(0), queue.path("max").asLong(0));
        looks++;
        above += deepest > limit ? 1 : 0;
      }
    }
    return new QueueLooks(looks, above);
  }
}

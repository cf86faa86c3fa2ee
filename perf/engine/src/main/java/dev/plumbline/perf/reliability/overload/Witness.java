package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.client.RawConnection.Response;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at every queue and at the health of a server again and again, on a thread and a connection
 * of its own, and writes each look down as a line of {@code queues.jsonl}. The highest depth since
 * the start is part of a look, so that nothing between two looks is missed.
 */
final class Witness implements AutoCloseable {
  /** The file's name. */
  static final String FILE = "queues.jsonl";

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final double NANOS_PER_MILLI = 1e6;

  private final ControlClient client;
  private final Path file;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String problem = "";

  /**
   * Begins to look.
   *
   * @param start the moment that times count from
   */
  Witness(ControlClient client, Path file, long start) {
    this.client = client;
    this.file = file;
    this.thread = Thread.ofPlatform().name("witness").daemon().start(() -> look(start));
  }

  private void look(long start) {
    long looks = 0;
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      while (!stopped) {
        out.write(line(one(start)));
        looks++;
        LockSupport.parkNanos(EVERY.toNanos());
      }
      out.write(line(JsonNodeFactory.instance.objectNode().put("end", looks)));
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    } finally {
      client.close();
    }
  }

  /** A look that fails is a line as well: the server could not be seen then. */
  private ObjectNode one(long start) {
    ObjectNode look = JsonNodeFactory.instance.objectNode();
    try {
      Response health = client.ask("GET", "/health");
      JsonNode queues = client.read("/queues");
      look.put("atMs", (System.nanoTime() - start) / NANOS_PER_MILLI);
      look.put("healthStatus", health.status());
      look.put("health", Json.parse(health.body()).path("status").asString(""));
      ArrayNode all = look.putArray("queues");
      for (JsonNode queue : queues.path("queues")) {
        ObjectNode one = all.addObject();
        for (String field : new String[] {"role", "depth", "limit", "max", "rejected"}) {
          one.set(field, queue.path(field));
        }
      }
    } catch (IOException e) {
      look.put("atMs", (System.nanoTime() - start) / NANOS_PER_MILLI);
      look.put("problem", String.valueOf(e.getMessage()));
    }
    return look;
  }

  private static String line(JsonNode node) {
    return node.toString() + "\n";
  }

  /**
   * Looks no more.
   *
   * @throws IOException when the lines could not be kept
   */
  @Override
  public void close() throws IOException {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Lane.DEADLINE.multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!problem.isEmpty()) {
      throw new IOException("the looks at the queues could not be kept: " + problem);
    }
  }
}

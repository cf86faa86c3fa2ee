package dev.plumbline.server.measure;

import dev.plumbline.server.ServerCore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures on the real clock how soon what has ended is gone from the server: tasks whose time to
 * live was 30 s (R184), and sessions whose connection was closed (R185).
 */
final class EndingClock {
  private static final int TASKS = 20;
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"clock\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  private final ServerCore core;
  private final CompletableFuture<Double> tasksGone = new CompletableFuture<>();

  EndingClock(ServerCore core) {
    this.core = core;
  }

  /** Makes tasks, and notes when the last of them is gone. */
  void beginTasks(int port) throws IOException {
    try (PingWire.Http wire = new PingWire.Http(port, null)) {
      open(wire);
      for (int id = 1; id <= TASKS; id++) {
        var _ =
            wire.say(
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + id
                    + ",\"method\":\"tools/call\",\"params\":{\"name\":\"slow_compute\","
                    + "\"arguments\":{\"seconds\":0,\"label\":\"x\"},\"task\":{\"ttl\":"
                    + TIME_TO_LIVE.toMillis()
                    + "}}}",
                true);
      }
    }
    if (core.tasks().count() != TASKS) {
      throw new IOException("not every call became a task");
    }
    long began = System.nanoTime();
    Thread.startVirtualThread(
        () -> {
          try {
            tasksGone.complete(until(core.tasks()::count, 0, began));
          } catch (InterruptedException e) {
            tasksGone.completeExceptionally(e);
          }
        });
  }

  /** How long the tasks lived, and the sessions after their connections. */
  ObjectNode result(int http, int tcp) throws IOException, InterruptedException {
    return JsonNodeFactory.instance
        .objectNode()
        .put("measure", "ending-clock")
        .put("tasks", TASKS)
        .put("timeToLiveMillis", TIME_TO_LIVE.toMillis())
        .put("tasksGoneMillis", tasksGone.join())
        .put("connections", 2 * CONNECTIONS)
        .put("sessionsGoneMillis", sessionsGone(http, tcp));
  }

  private double sessionsGone(int http, int tcp) throws IOException, InterruptedException {
    int before = core.sessions().count();
    List<PingWire> wires = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      wires.add(new PingWire.Lines(tcp));
      wires.add(new PingWire.Frames(http));
    }
    for (PingWire wire : wires) {
      open(wire);
    }
    int opened = core.sessions().count() - before;
    if (opened != wires.size()) {
      throw new IOException(opened + " sessions on " + wires.size() + " connections");
    }
    long began = System.nanoTime();
    for (PingWire wire : wires) {
      wire.close();
    }
    return until(core.sessions()::count, before, began);
  }

  private static void open(PingWire wire) throws IOException {
    var _ = wire.say(INITIALIZE, true);
    var _ = wire.say(INITIALIZED, false);
  }

  /** Milliseconds until no more than so many are left; not a number when they never are. */
  private static double until(IntSupplier count, int left, long began) throws InterruptedException {
    long end = began + PATIENCE.toNanos();
    while (count.getAsInt() > left) {
      if (System.nanoTime() > end) {
        return Double.NaN;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return (System.nanoTime() - began) / NANOS_PER_MILLI;
  }
}

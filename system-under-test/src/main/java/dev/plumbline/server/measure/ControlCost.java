package dev.plumbline.server.measure;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.control.ComponentRefusedException;
import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.control.ControlReply;
import dev.plumbline.server.control.ControlStats;
import dev.plumbline.server.control.Delivery;
import dev.plumbline.server.control.HealthKind;
import dev.plumbline.server.control.Priority;
import dev.plumbline.server.observe.Telemetry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the control plane costs, in this process and alone: memory of a component, processor time
 * while nothing happens, time from a message to its handler, messages a second.
 */
public final class ControlCost {
  private static final int COMPONENTS = 100_000;
  private static final int WARM_UP = 20_000;
  private static final int PACED = 5_000;
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int FLOOD = 500_000;
  private static final int OPEN = 400;
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final long PATIENCE_SECONDS = 10;

  private static final ControlReply WELL =
      new ControlReply.HealthReport(true, "", JsonNodeFactory.instance.objectNode());

  private ControlCost() {}

  /** Measures, and prints one JSON line for each figure. */
  public static void main(String[] arguments) throws Exception {
    try (ControlPlane plane = plane()) {
      tell("component_bytes", memory(plane));
      tell("rest_percent_of_core", rest());
      for (int i = 0; i < WARM_UP; i++) {
        ask(plane, i);
      }
    }
    try (ControlPlane plane = plane()) {
      var _ = plane.registerComponent("component-0", _ -> WELL);
      for (int i = 0; i < PACED; i++) {
        ask(plane, 0);
        TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
      }
      ControlStats.ByType health = plane.stats().type(Priority.HEALTH);
      tell("dispatch_p50_us", health.dispatch().p50Micros());
      tell("dispatch_p95_us", health.dispatch().p95Micros());
      tell("dispatch_p99_us", health.dispatch().p99Micros());
      tell("dispatch_max_us", health.dispatch().maxMicros());
      tell("whole_p99_us", health.whole().p99Micros());
    }
    try (ControlPlane plane = plane()) {
      tell("flood_per_second", flood(plane));
    }
  }

  private static void tell(String figure, double value) {
    System.out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("figure", figure)
            .put("value", Math.round(value * 1_000) / 1e3));
  }

  private static ControlPlane plane() {
    return new ControlPlane(
        new Live<>(ServerConfig.standard()), System::nanoTime, Telemetry.create());
  }

  private static void ask(ControlPlane plane, int component) throws Exception {
    var _ = await(plane.healthCheck("component-" + component, HealthKind.LIVENESS));
  }

  private static Delivery await(Future<Delivery> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static double memory(ControlPlane plane) throws ComponentRefusedException {
    long before = used();
    for (int i = 0; i < COMPONENTS; i++) {
      var _ = plane.registerComponent("component-" + i, _ -> WELL);
    }
    return (double) (used() - before) / COMPONENTS;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The share of one processor that the plane's own threads take while nothing is asked. */
  private static double rest() throws InterruptedException {
    long before = ownThreads();
    Thread.sleep(QUIET);
    return 100.0 * (ownThreads() - before) / QUIET.toNanos();
  }

  private static long ownThreads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("control-"))
        .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
        .sum();
  }

  private static double flood(ControlPlane plane) throws Exception {
    for (int i = 0; i < OPEN; i++) {
      var _ = plane.registerComponent("component-" + i, _ -> WELL);
    }
    Deque<Future<Delivery>> open = new ArrayDeque<>();
    long began = System.nanoTime();
    for (int i = 0; i < FLOOD; i++) {
      if (open.size() == OPEN) {
        var _ = await(open.removeFirst());
      }
      open.addLast(plane.healthCheck("component-" + i % OPEN, HealthKind.LIVENESS));
    }
    while (!open.isEmpty()) {
      var _ = await(open.removeFirst());
    }
    return FLOOD / ((System.nanoTime() - began) / 1e9);
  }
}

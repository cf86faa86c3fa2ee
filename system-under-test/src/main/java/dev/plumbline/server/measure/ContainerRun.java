package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a container of 256 MiB bears (R173): the registry with 100,000 entries, and a server with
 * thousands of sessions that is called as fast as it answers, each in a process of its own. {@code
 * ContainerRun [SECONDS]}: so long the calls last, 10 s unless said; one JSON line for each figure.
 */
public final class ContainerRun {
  private static final long BOUND_BYTES = 256L << 20;
  private static final int ENTRIES = 100_000;
  private static final int SESSIONS = 5_000;
  private static final int CALLERS = 4;
  private static final int TEXT = 4_096;
  private static final int SECONDS = 10;
  private static final int OK = 200;
  private static final int EXIT_USAGE = 2;
  private static final int MISSED_ITS_RATE = 1;
  private static final long PATIENCE_SECONDS = 120;
  private static final String TOOL = "echo";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"container\",\"version\":\"1\"}}}";

  private ContainerRun() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int seconds = SECONDS;
    try {
      seconds = arguments.length == 0 ? seconds : Integer.parseInt(arguments[0]);
    } catch (NumberFormatException e) {
      System.err.println("usage: ContainerRun [SECONDS], a whole number");
      System.exit(EXIT_USAGE);
    }
    registry();
    server(seconds);
    System.exit(0);
  }

  private static void registry() throws IOException, InterruptedException {
    try (MemoryBound bound = MemoryBound.of("registry", BOUND_BYTES)) {
      bound.tell();
      List<String> command = new ArrayList<>(bound.before());
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(bound.virtualMachine());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(RegistryMeasurement.class.getName(), "1", Integer.toString(ENTRIES)));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended =
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                && process.exitValue() <= MISSED_ITS_RATE
                && said.contains("\"entries\":" + ENTRIES);
        CostRun.tell("entries within the memory limit", ended ? ENTRIES : 0, "1", 1);
        bound.tellPeak("registry", process.pid());
      } finally {
        process.destroyForcibly();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static void server(int seconds) throws IOException, InterruptedException {
    try (MemoryBound bound = MemoryBound.of("server", BOUND_BYTES)) {
      try (ChildServer server =
          ChildServer.start(
              bound.before(),
              bound.virtualMachine(),
              List.of("--port", "0", "--control-port", "0"))) {
        int port = server.port();
        Counts opened = all(() -> open(port));
        Counts called = all(() -> call(port, seconds));
        boolean alive = server.isAlive();
        CostRun.tell(
            "sessions within the memory limit", (double) opened.right(), "1", opened.asked());
        CostRun.tell(
            "calls answered within the memory limit", (double) called.right(), "1", called.asked());
        CostRun.tell(
            "calls and sessions failed within the memory limit",
            (double) opened.failed() + called.failed(),
            "1",
            opened.asked() + called.asked());
        CostRun.tell("servers ended by the memory limit", alive ? 0 : 1, "1", 1);
        bound.tellPeak("server", server.pid());
        server.close();
        var _ = server.ended();
      }
    }
  }

  /** What became of requests. */
  private record Counts(long right, long failed) {
    private long asked() {
      return right + failed;
    }

    private Counts and(Counts other) {
      return new Counts(right + other.right, failed + other.failed);
    }
  }

  private static Counts all(Callable<Counts> work) throws IOException, InterruptedException {
    Counts sum = new Counts(0, 0);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Counts>> parts = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        parts.add(callers.submit(work));
      }
      for (Future<Counts> part : parts) {
        sum = sum.and(part.get());
      }
    } catch (ExecutionException e) {
      throw new IOException("a caller failed", e);
    }
    return sum;
  }

  private static Counts open(int port) {
    long right = 0;
    int all = SESSIONS / CALLERS;
    try (HttpWire wire = new HttpWire(port)) {
      for (; right < all; right++) {
        HttpWire.Head head = wire.ask("POST", HttpWire.JSON, INITIALIZE);
        if (head.status() != OK || !wire.body(head).contains("\"result\"")) {
          break;
        }
      }
    } catch (IOException e) {
      System.err.println("sessions: " + e);
    }
    return new Counts(right, all - right);
  }

  private static Counts call(int port, int seconds) {
    String text = "m".repeat(TEXT);
    long right = 0;
    long failed = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (HttpWire wire = new HttpWire(port)) {
      for (int id = 1; System.nanoTime() < end; id++) {
        HttpWire.Head head =
            wire.ask(
                "POST",
                HttpWire.JSON + StatelessCall.fields(TOOL),
                StatelessCall.message(id, TOOL, "{\"text\":\"" + text + "\"}", "{}"));
        boolean well = wire.body(head).contains(text) && head.status() == OK;
        right += well ? 1 : 0;
        failed += well ? 0 : 1;
      }
    } catch (IOException e) {
      System.err.println("calls: " + e);
      failed++;
    }
    return new Counts(right, failed);
  }
}

package dev.plumbline.server.measure;

import dev.plumbline.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server process with clients that call a tool as fast as it answers, a turn at a time. */
final class TracedServer implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"cost\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  /** Places of the fields behind the name of the thread. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;

  /** 100 ticks a second, as every Linux tells its processes. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Process process;
  private final int port;
  private final List<PingWire.Http> wires = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private long requests;
  private long cpuNanos;

  private TracedServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param otlp the collector's address, or {@code off}
   * @param ratio how many of the requests are traced
   */
  static TracedServer start(String otlp, double ratio) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--port",
            "0",
            "--control-port",
            "0",
            "--set",
            "rate.kind=off",
            "--set",
            "observe.otlp=" + otlp);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OTEL_TRACES_SAMPLER_ARG", Double.toString(ratio));
    Process process = builder.start();
    // Its few lines fit the pipe, which nobody empties from here on.
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        int port = URI.create(line.substring(LISTENING.length())).getPort();
        return new TracedServer(process, port);
      }
    }
    process.destroyForcibly();
    throw new IOException("a server did not start");
  }

  void connect(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      PingWire.Http wire = new PingWire.Http(port, null);
      var _ = wire.say(INITIALIZE, true);
      var _ = wire.say(INITIALIZED, false);
      wires.add(wire);
      ids.add(0L);
    }
  }

  /** Calls for so long; the processor time of one call, in nanoseconds. */
  double turn(Duration length) throws IOException, InterruptedException {
    long before = cpu();
    long answered = 0;
    try (ExecutorService callers = Executors.newFixedThreadPool(wires.size())) {
      long end = System.nanoTime() + length.toNanos();
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < wires.size(); i++) {
        int number = i;
        counts.add(callers.submit(() -> calls(number, end)));
      }
      for (Future<Long> count : counts) {
        answered += count.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a call failed", e);
    }
    long spent = cpu() - before;
    requests += answered;
    cpuNanos += spent;
    return spent / (double) answered;
  }

  private long calls(int number, long end) throws IOException {
    PingWire.Http wire = wires.get(number);
    long first = ids.get(number);
    long id = first;
    while (System.nanoTime() < end) {
      id++;
      String answer =
          wire.say(
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + id
                  + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                  + "\"arguments\":{\"text\":\"hello\"}}}",
              true);
      if (!answer.contains("hello")) {
        throw new IOException("another answer: " + answer);
      }
    }
    ids.set(number, id);
    return id - first;
  }

  /**
   * What its threads have taken of the processors, in nanoseconds. Those that compile are left out:
   * they are done after a while, and later in the server that was busier.
   */
  private long cpu() throws IOException {
    long ticks = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "task"))) {
      for (Path thread : threads) {
        ticks += ticks(thread.resolve("stat"));
      }
    }
    return ticks * NANOS_PER_TICK;
  }

  /** User and system time of a thread; none of one that has just ended (proc(5)). */
  private static long ticks(Path stat) throws IOException {
    String text;
    try {
      text = Files.readString(stat);
    } catch (NoSuchFileException e) {
      return 0;
    }
    if (text.contains("CompilerThre")) {
      return 0;
    }
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
  }

  long requests() {
    return requests;
  }

  /** Only what comes is counted. */
  void forget() {
    requests = 0;
    cpuNanos = 0;
  }

  /** The processor time of a call, over all turns. */
  double nanosOfARequest() {
    return cpuNanos / (double) requests;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package dev.plumbline.server.measure;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many connections with a session each to a server in a process of its own (R174, R225): what one
 * takes, whether all are served, and how long the collector pauses meanwhile, which is the one that
 * the virtual machine chooses for itself. {@code ConnectionRun [CONNECTIONS [SECONDS]]}: so many,
 * 10,000 unless said, each pinged in turn for so long, 15 s unless said; one JSON line for each
 * figure. The server is allowed as many, and has the memory of a container of 4 GiB. More than
 * there are file descriptors for are not attempted, and that is said: 100,000 need {@code ulimit -n
 * 112000}.
 */
public final class ConnectionRun {
  private static final int CONNECTIONS = 10_000;
  private static final int SECONDS = 15;
  private static final int EXIT_USAGE = 2;

  /** Descriptors for everything but the connections. */
  private static final long OTHERS = 500;

  private static final int WARM_UP = 200;
  private static final int CALLERS = 4;
  private static final long BOUND_BYTES = 4L << 30;
  private static final int HEAP_MEBIBYTES = 512;

  /** The rest of the bound is for the kernel's part of connections, for threads and for code. */
  private static final int MOST_HEAP_MEBIBYTES = 2_560;

  private static final double PERCENT = 100;
  private static final double NANOS = 1e9;
  private static final double MEBIBYTE = 1 << 20;
  private static final double KIBIBYTE = 1_024;
  private static final int MOST = 99;

  private final ChildServer server;
  private final CollectorLog collector;

  private ConnectionRun(ChildServer server, CollectorLog collector) {
    this.server = server;
    this.collector = collector;
  }

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int asked = CONNECTIONS;
    int seconds = SECONDS;
    try {
      asked = arguments.length == 0 ? asked : Integer.parseInt(arguments[0]);
      seconds = arguments.length < 2 ? seconds : Integer.parseInt(arguments[1]);
    } catch (NumberFormatException e) {
      System.err.println("usage: ConnectionRun [CONNECTIONS [SECONDS]], whole numbers");
      System.exit(EXIT_USAGE);
    }
    int count = (int) Math.min(asked, taken(descriptors()) - OTHERS);
    CostRun.tell("connections attempted", count, "1", 1);
    CostRun.tell("connections not attempted for want of descriptors", asked - count, "1", 1);
    if (count > WARM_UP) {
      measure(count, seconds);
    }
    System.exit(0);
  }

  /** How many files this process, and one it starts, may have open. */
  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** So many of the descriptors may be in use before the server takes no further connection. */
  private static long taken(long descriptors) {
    return (long) (descriptors / PERCENT * ServerConfig.standard().monitors().filesDrain());
  }

  private static void measure(int count, int seconds) throws Exception {
    Path folder = Files.createTempDirectory("plumbline-connections");
    Path log = folder.resolve("gc.log");
    try (MemoryBound bound = MemoryBound.of("connections", BOUND_BYTES)) {
      bound.tell();
      try (ChildServer server = started(bound, log, count)) {
        new ConnectionRun(server, new CollectorLog(log, server.pid())).run(count, seconds);
        bound.tellPeak("server of many connections", server.pid());
        server.close();
        var _ = server.ended();
      }
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(folder);
    }
  }

  private static ChildServer started(MemoryBound bound, Path log, int count) throws IOException {
    // Twice what they take, and room for the rest.
    int heap = Math.min(HEAP_MEBIBYTES + count / 25, MOST_HEAP_MEBIBYTES);
    List<String> virtualMachine = new ArrayList<>(bound.virtualMachine());
    virtualMachine.addAll(List.of("-Xmx" + heap + "m", "-Xlog:gc,gc+phases:file=" + log));
    List<String> options =
        new ArrayList<>(List.of("--port", "0", "--tcp-port", "0", "--control-port", "0"));
    for (String role : List.of(Roles.CONNECTION, Roles.SESSION)) {
      // A quarter more, or it would rightly raise an alert.
      options.addAll(List.of("--set", "queues.caps." + role + "=" + (count + count / 4 + 1)));
    }
    return ChildServer.start(bound.before(), virtualMachine, options);
  }

  private void run(int count, int seconds)
      throws IOException, InterruptedException, ExecutionException {
    int port = server.tcpPort();
    List<LineSession> all = new ArrayList<>(opened(port, 0, WARM_UP));
    if (all.size() < WARM_UP) {
      throw new IOException("only " + all.size() + " of the first connections were served");
    }
    double before = collector.liveMebibytes();
    double residentBefore = residentMebibytes();
    long begun = System.nanoTime();
    all.addAll(opened(port, WARM_UP, count - WARM_UP));
    int more = Math.max(1, all.size() - WARM_UP);
    CostRun.tell("all connections opened after", (System.nanoTime() - begun) / NANOS, "s", more);
    double grown = collector.liveMebibytes() - before;
    CostRun.tell("connections held at once", all.size(), "1", count);
    CostRun.tell("heap of a session with its connection", grown * MEBIBYTE / more, "B", more);
    CostRun.tell(
        "memory of the process for a session with its connection",
        (residentMebibytes() - residentBefore) * MEBIBYTE / more,
        "B",
        more);
    int earlier = collector.pauses().size();
    Pings pings = pings(all, seconds);
    List<CollectorLog.Pause> pauses = collector.pauses();
    List<CollectorLog.Pause> since = pauses.subList(earlier, pauses.size());
    CostRun.tell(
        "longest pause of the collector with all connections",
        since.stream().mapToDouble(CollectorLog.Pause::millis).max().orElse(0),
        "ms",
        since.size());
    CostRun.tell("pings failed with all connections", (double) pings.failed(), "1", pings.all());
    CostRun.tell(
        "pings answered with all connections",
        (pings.all() - pings.failed()) / (double) seconds,
        "1/s",
        pings.all());
    CostRun.tell("ping with all connections, p99", pings.millis(MOST), "ms", pings.all());
    CostRun.tell(
        "connections held within the memory limit", server.isAlive() ? all.size() : 0, "1", count);
    all.forEach(LineSession::close);
  }

  /** Memory that the server's process has of the machine. */
  private double residentMebibytes() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(server.pid()), "status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTE)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<LineSession> opened(int port, int from, int count)
      throws InterruptedException, ExecutionException {
    List<LineSession> opened = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<List<LineSession>>> parts = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int first = from + i * count / CALLERS;
        int end = from + (i + 1) * count / CALLERS;
        parts.add(
            callers.submit(
                () -> {
                  List<LineSession> part = new ArrayList<>();
                  try {
                    for (int number = first; number < end; number++) {
                      part.add(LineSession.open(port, number));
                    }
                  } catch (IOException e) {
                    // Those that are there are measured; how many they are is a figure.
                    System.err.println("connection " + (first + part.size()) + ": " + e);
                  }
                  return part;
                }));
      }
      for (Future<List<LineSession>> part : parts) {
        opened.addAll(part.get());
      }
    }
    return opened;
  }

  private static Pings pings(List<LineSession> sessions, int seconds)
      throws InterruptedException, ExecutionException {
    Pings all = new Pings();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Pings>> parts = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        List<LineSession> own =
            sessions.subList(i * sessions.size() / CALLERS, (i + 1) * sessions.size() / CALLERS);
        parts.add(callers.submit(() -> new Pings().run(own, seconds)));
      }
      for (Future<Pings> part : parts) {
        all.add(part.get());
      }
    }
    return all;
  }
}

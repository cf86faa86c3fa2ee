package dev.plumbline.server.measure;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What tracing costs a request that is served over HTTP (R225): processor time of the server's
 * process for each request, beside a server that traces nothing. The servers take turns of half a
 * second in one run, so that what else the machine does meets them alike; a turn is compared with
 * the one beside it.
 */
final class TracingCost implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  /** So many requests each server answers first, for at most so many turns. */
  private static final long WARM = 40_000;

  private static final int WARM_TURNS = 12;
  private static final Duration WARM_TURN = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofMillis(500);

  /** What a server in use would trace. */
  private static final double SOME = 0.1;

  private final HttpServer collector;
  private final AtomicLong collected = new AtomicLong();
  private final TracedServer off;
  private final TracedServer some;
  private final TracedServer all;

  TracingCost() throws IOException, InterruptedException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    collector.createContext(
        "/",
        exchange -> {
          collected.addAndGet(exchange.getRequestBody().readAllBytes().length);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    off = TracedServer.start("off", 0);
    some = TracedServer.start(endpoint, SOME);
    all = TracedServer.start(endpoint, 1);
  }

  void measure(int seconds) throws IOException, InterruptedException {
    List<TracedServer> servers = List.of(off, some, all);
    for (TracedServer server : servers) {
      server.connect(CONNECTIONS);
    }
    for (int i = 0; i < WARM_TURNS; i++) {
      for (TracedServer server : servers) {
        if (server.requests() < WARM) {
          var _ = server.turn(WARM_TURN);
        }
      }
    }
    servers.forEach(TracedServer::forget);
    int rounds = Math.max(1, (int) (seconds * 1_000L / TURN.toMillis() / (servers.size() + 1)));
    List<double[]> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      double before = off.turn(TURN);
      double ofAll = all.turn(TURN);
      double ofSome = some.turn(TURN);
      double plain = (before + off.turn(TURN)) / 2;
      ratios.add(new double[] {ofAll / plain, ofSome / plain});
    }
    CostRun.tell("request without tracing", plainNanos() / 1e3, "us", off.requests());
    tell("every request is traced", ratios, 0, all);
    tell(String.format(Locale.ROOT, "%.0f %% are traced", 100 * SOME), ratios, 1, some);
    CostRun.tell("bytes the collector got", (double) collected.get(), "B", all.requests());
  }

  private static void tell(String what, List<double[]> ratios, int column, TracedServer server) {
    double[] each = ratios.stream().mapToDouble(row -> row[column]).sorted().toArray();
    CostRun.tell(
        "processor time of a request, " + what + ", over none",
        each[each.length / 2],
        "1",
        server.requests());
    CostRun.tell(
        "processor time of a request, " + what + ", over none, lowest",
        each[0],
        "1",
        server.requests());
  }

  /** Processor time of a request that is not traced. */
  double plainNanos() {
    return off.nanosOfARequest();
  }

  /** How many requests were not traced. */
  long requests() {
    return off.requests();
  }

  @Override
  public void close() {
    off.close();
    some.close();
    all.close();
    collector.stop(0);
  }
}

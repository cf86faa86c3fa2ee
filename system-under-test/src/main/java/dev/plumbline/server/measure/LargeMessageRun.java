package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What messages as large as they may be do to everybody else (R078): a server with a heap of 512
 * MiB takes six of them a second, 24 MiB, over as many connections, while small requests come at a
 * constant rate, first alone, then beside them. {@code LargeMessageRun [SECONDS]}: so long each of
 * the two lasts, 20 s unless said; one JSON line for each figure.
 */
public final class LargeMessageRun {
  private static final int SECONDS = 20;
  private static final int WARM_UP_SECONDS = 3;
  private static final int EXIT_USAGE = 2;

  /** As the launcher starts the server. */
  private static final String COLLECTOR = "-XX:+UseZGC";

  /** So many connections send the large messages of a kind. */
  private static final int CONNECTIONS = 2;

  private static final int HALF = 50;
  private static final int MOST = 99;

  private final int port;
  private final List<LargeSender> senders = new ArrayList<>();

  private LargeMessageRun(int port) {
    this.port = port;
  }

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int seconds = SECONDS;
    try {
      seconds = arguments.length == 0 ? seconds : Integer.parseInt(arguments[0]);
    } catch (NumberFormatException e) {
      System.err.println("usage: LargeMessageRun [SECONDS], a whole number");
      System.exit(EXIT_USAGE);
    }
    Path folder = Files.createTempDirectory("plumbline-large");
    Path log = folder.resolve("gc.log");
    try (ChildServer server =
        ChildServer.start(
            List.of(
                COLLECTOR,
                "-XX:ThreadPriorityPolicy=1",
                "-Xms512m",
                "-Xmx512m",
                "-Xlog:gc,gc+phases:file=" + log),
            List.of("--port", "0", "--control-port", "0", "--fixture"))) {
      new LargeMessageRun(server.port()).measure(seconds, new CollectorLog(log, server.pid()));
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(folder);
    }
    System.exit(0);
  }

  private void measure(int seconds, CollectorLog collector)
      throws IOException, InterruptedException {
    try (SmallCalls warmUp = new SmallCalls(port)) {
      beside(WARM_UP_SECONDS, warmUp);
    }
    try (SmallCalls alone = new SmallCalls(port);
        SmallCalls beside = new SmallCalls(port)) {
      double before = collector.liveMebibytes();
      alone.run(Duration.ofSeconds(seconds));
      int earlier = collector.pauses().size();
      beside(seconds, beside);
      List<CollectorLog.Pause> all = collector.pauses();
      List<CollectorLog.Pause> pauses = all.subList(earlier, all.size());
      double after = collector.liveMebibytes();
      tell("small calls alone", alone);
      tell("small calls beside large messages", beside);
      large(seconds);
      CostRun.tell(
          "longest pause of the collector beside large messages",
          pauses.stream().mapToDouble(CollectorLog.Pause::millis).max().orElse(0),
          "ms",
          pauses.size());
      CostRun.tell("live heap before large messages", before, "MiB", 1);
      CostRun.tell("live heap grown by large messages", after - before, "MiB", 1);
    }
  }

  private void beside(int seconds, SmallCalls small) throws IOException, InterruptedException {
    senders.clear();
    List<LargeKind> kinds = List.of(LargeKind.values());
    int all = CONNECTIONS * kinds.size();
    for (int i = 0; i < all; i++) {
      Duration offset = Duration.ofSeconds(1).multipliedBy(i).dividedBy(all);
      senders.add(new LargeSender(port, kinds.get(i % kinds.size()), offset));
    }
    List<Thread> threads = senders.stream().map(Thread::startVirtualThread).toList();
    small.run(Duration.ofSeconds(seconds));
    senders.forEach(LargeSender::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void tell(String what, SmallCalls calls) {
    int count = calls.count();
    CostRun.tell(what + ", failed", calls.failed(), "1", count);
    CostRun.tell(what + ", p50", calls.millis(HALF), "ms", count);
    CostRun.tell(what + ", p99", calls.millis(MOST), "ms", count);
  }

  private void large(int seconds) {
    long answered = senders.stream().mapToLong(LargeSender::answered).sum();
    long refused = senders.stream().mapToLong(LargeSender::refused).sum();
    long failed = senders.stream().mapToLong(LargeSender::failed).sum();
    long bytes = senders.stream().mapToLong(LargeSender::bytes).sum();
    long all = answered + refused + failed;
    CostRun.tell("large messages failed", (double) failed, "1", all);
    CostRun.tell("large messages refused", (double) refused, "1", all);
    CostRun.tell("large messages answered", (double) answered, "1", all);
    CostRun.tell("bytes taken in", bytes / (double) seconds / (1 << 20), "MiB/s", all);
  }
}

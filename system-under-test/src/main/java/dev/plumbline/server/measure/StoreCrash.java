package dev.plumbline.server.measure;

import dev.plumbline.server.session.store.FileStore;
import dev.plumbline.server.session.store.SessionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kills a process that writes to a session file with SIGKILL, again and again, and counts what it
 * had acknowledged and the file does not hold. One file goes through all cycles. Arguments: {@code
 * [--cycles N] [--seed N] [--folder PATH]}; prints one JSON object.
 */
public final class StoreCrash {
  private static final int CYCLES = 1_000;

  /** A child that says nothing for so long is a failure of the measurement. */
  private static final long PATIENCE_SECONDS = 30;

  /** The longest time that a child writes before it is killed. */
  private static final int LONGEST_LIFE_MILLIS = 120;

  private final Path folder;
  private final SplittableRandom random;
  private final CrashLedger ledger = new CrashLedger();

  private StoreCrash(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** Runs the cycles and prints the figures. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> options = Arguments.parse(List.of(arguments));
    int cycles = Integer.parseInt(options.getOrDefault("--cycles", Integer.toString(CYCLES)));
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    Path folder =
        options.containsKey("--folder")
            ? Path.of(options.get("--folder"))
            : Files.createTempDirectory("plumbline-crash");
    System.out.println(run(folder, cycles, seed));
  }

  /**
   * Runs the cycles.
   *
   * @return cycles, acknowledged, deleted, lost, resurrected, windowMs, seconds
   */
  public static ObjectNode run(Path folder, int cycles, long seed)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    StoreCrash crash = new StoreCrash(folder, seed);
    for (int i = 0; i < cycles; i++) {
      crash.cycle();
    }
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("cycles", cycles);
    crash.ledger.tell(figures);
    figures.put("windowMs", 0);
    figures.put("seconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1_000.0);
    figures.put("seed", seed);
    return figures;
  }

  private Path file() {
    return folder.resolve("sessions.db");
  }

  private void cycle() throws IOException, InterruptedException {
    Process child = child();
    try {
      List<String> said = new ArrayList<>();
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Stream<String> lines = child.inputReader().lines()) {
                      lines.forEach(
                          line -> {
                            synchronized (said) {
                              said.add(line);
                              if (!line.startsWith("?")) {
                                said.notifyAll();
                              }
                            }
                          });
                    }
                  });
      awaitAcknowledgement(said);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      // SIGKILL: no hook runs, nothing is flushed. By its handle, so that what it said can be read.
      child.toHandle().destroyForcibly();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the child cannot be killed");
      }
      reader.join();
      ledger.read(said);
    } finally {
      child.destroyForcibly();
    }
    try (FileStore store = FileStore.open(file())) {
      Map<String, Long> found =
          store.all().stream().collect(Collectors.toMap(SessionRecord::id, SessionRecord::changes));
      ledger.compare(found);
    }
  }

  private static void awaitAcknowledgement(List<String> said) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (said) {
      while (said.stream().allMatch(line -> line.startsWith("?"))) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("the child says nothing");
        }
        said.wait(left);
      }
    }
  }

  private Process child() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            file().toString(),
            Long.toString(random.nextLong()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Pairs of names and values. */
  static final class Arguments {
    private Arguments() {}

    static Map<String, String> parse(List<String> arguments) {
      Map<String, String> options = new HashMap<>();
      for (int i = 0; i + 1 < arguments.size(); i += 2) {
        options.put(arguments.get(i), arguments.get(i + 1));
      }
      return options;
    }
  }
}

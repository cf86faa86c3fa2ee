package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.flood.Fate;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Overload by Gatling, in a JVM of its own. It tells by files when the load begins and what became
 * of it; its report is made later, when nothing is measured any more.
 */
final class GatlingOverload implements Overload {
  private static final String SIMULATION = "dev.plumbline.perf.gatling.OverloadSimulation";
  private static final String BEGUN = "begun";
  private static final String PREFIX = "PLUMBLINE_JOURNEY_";
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(60);
  private static final Duration REPORT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final OverloadPlan plan;
  private final Path folder;
  private final double rate;
  private final Process process;

  GatlingOverload(OverloadPlan plan, Path folder, URI endpoint, double rate) throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.rate = rate;
    Files.createDirectories(results());
    ProcessBuilder builder = gatling("--simulation", SIMULATION, "--no-reports");
    builder.environment().putAll(environment(endpoint));
    this.process = builder.start();
  }

  private Path results() {
    return folder.resolve("gatling");
  }

  private ProcessBuilder gatling(String... arguments) {
    List<String> command = new ArrayList<>(plan.gatling());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--results-folder", results().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("gatling.log").toFile()));
  }

  private Map<String, String> environment(URI endpoint) {
    return Map.ofEntries(
        Map.entry(PREFIX + "URL", endpoint.toString()),
        Map.entry(PREFIX + "REVISION", Dialogue.STATELESS),
        Map.entry(PREFIX + "HEADERS", Dialogue.headers(plan.tool()).replace("\r\n", "\n")),
        Map.entry(PREFIX + "CALL", Dialogue.statelessParams(plan.tool(), plan.arguments())),
        Map.entry(PREFIX + "RATE", Double.toString(rate)),
        Map.entry(PREFIX + "WARM_UP_SECONDS", Long.toString(Math.round(plan.warmUpSeconds()))),
        Map.entry(PREFIX + "SETTLING_SECONDS", Long.toString(SETTLING.toSeconds())),
        Map.entry(PREFIX + "SECONDS", Long.toString(Math.round(plan.seconds()))),
        Map.entry(PREFIX + "DEADLINE_MILLIS", Long.toString(Experiment.DEADLINE.toMillis())),
        Map.entry(PREFIX + "P99_MILLIS", Long.toString(Experiment.DEADLINE.toMillis())),
        Map.entry(PREFIX + "FAILED_PERCENT", "100"),
        Map.entry(PREFIX + "RECORD", folder.toString()));
  }

  @Override
  public void awaitBegin() throws HarnessException, InterruptedException {
    await(BEGUN, START.plusSeconds(Math.round(plan.warmUpSeconds())));
  }

  @Override
  public Duration settling() {
    return SETTLING;
  }

  @Override
  public void awaitEnd() throws HarnessException, InterruptedException {
    await(GatlingBook.FILE, END.plus(SETTLING).plusSeconds(Math.round(plan.seconds())));
  }

  private void await(String file, Duration limit) throws HarnessException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!Files.exists(folder.resolve(file))) {
      if (System.nanoTime() > end) {
        throw new HarnessException("Gatling did not come to write " + file + "; see gatling.log");
      }
      if (!process.isAlive() && !Files.exists(folder.resolve(file))) {
        throw new HarnessException(
            "Gatling ended with " + process.exitValue() + " before " + file + "; see gatling.log");
      }
      Thread.sleep(LOOK);
    }
  }

  @Override
  public Load result() throws IOException, HarnessException, InterruptedException {
    process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
    Files.deleteIfExists(folder.resolve(BEGUN));
    report();
    GatlingBook book =
        GatlingBook.parse(
            Files.readString(folder.resolve(GatlingBook.FILE), StandardCharsets.UTF_8));
    Json.write(folder.resolve(Stalls.FILE), new Stalls(book.stalls()));
    keep(OverloadRecord.ANSWERED, book, "ANSWERED");
    keep(OverloadRecord.REFUSED, book, "REFUSED");
    List<Map<Fate, Long>> series = new ArrayList<>();
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    for (int i = 0; i < book.seconds(); i++) {
      Map<Fate, Long> second = book.fates(i);
      series.add(second);
      second.forEach((fate, n) -> fates.merge(fate, n, Long::sum));
    }
    return new Load(
        rate,
        plan.seconds(),
        fates,
        series,
        Duration.ofSeconds(1).toMillis(),
        List.of(),
        series.size());
  }

  private void keep(String file, GatlingBook book, String fate) throws IOException {
    List<Histogram> seconds = new ArrayList<>();
    for (int i = 0; i < book.seconds(); i++) {
      Histogram histogram = IntervalLog.histogram();
      book.times(i, fate)
          .forEach((millis, n) -> histogram.recordValueWithCount(millis * NANOS_PER_MILLI, n));
      seconds.add(histogram);
    }
    Kept.log(
        folder.resolve(file),
        plan.part() + " " + file + ", whole milliseconds",
        seconds,
        Duration.ofSeconds(1));
  }

  /** Gatling's own page about the run, from its log. */
  private void report() throws IOException, HarnessException, InterruptedException {
    Path run;
    try (Stream<Path> made = Files.list(results())) {
      run =
          made.filter(Files::isDirectory)
              .findFirst()
              .orElseThrow(() -> new HarnessException("Gatling kept no log of its run"));
    }
    Process reporting = gatling("--reports-only", run.getFileName().toString()).start();
    try {
      if (!reporting.waitFor(REPORT.toSeconds(), TimeUnit.SECONDS)) {
        throw new HarnessException("Gatling's report takes too long; see gatling.log");
      }
    } finally {
      reporting.destroyForcibly();
    }
    Files.move(run, folder.resolve("report"));
    Files.delete(results());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

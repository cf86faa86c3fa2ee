package dev.plumbline.perf.journey;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.perf.raw.JourneyRecord;
import dev.plumbline.perf.slo.Slo;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of the journey.
 *
 * @param jars the folder of jars it runs from
 * @param url the MCP endpoint
 * @param revision the revision to ask for
 * @param headers the user's headers; may hold credentials, so they go through the environment
 * @param call the parameters of {@code tools/call} as JSON; empty to leave it out
 * @param words what each session does, for people
 */
public record GatlingRun(
    Path jars, URI url, String revision, List<Header> headers, String call, String words) {
  private static final String MAIN = "io.gatling.app.Gatling";
  private static final String SIMULATION = "dev.plumbline.perf.gatling.SessionJourney";

  /** How many requests a session makes at most: each may take its whole deadline. */
  private static final int REQUESTS = 5;

  /** For starting the JVM and writing the report. */
  private static final long OVERHEAD_SECONDS = 60;

  private static final long NOTE_SECONDS = 5;
  private static final int MAX_LINE = 300;

  /** Copies the list. */
  public GatlingRun {
    headers = List.copyOf(headers);
  }

  /** Whether the folder of jars is there. */
  public static boolean isBuilt(Path jars) {
    return Files.isDirectory(jars);
  }

  /**
   * Runs Gatling to its end and writes {@link JourneyRecord} and report.
   *
   * @param folder where to write; made if need be
   * @throws IOException when Gatling cannot be started or what it wrote cannot be kept
   */
  public void run(Slo slo, Path folder, Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path output = folder.resolve(JourneyRecord.OUTPUT);
    Path results = folder.resolve("results");
    ProcessBuilder builder =
        new ProcessBuilder(
                Installation.java().toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                jars + File.separator + "*",
                MAIN,
                "--simulation",
                SIMULATION,
                "--results-folder",
                results.toString(),
                "--run-description",
                slo.id())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment(slo));
    int exit = await(builder.start(), slo, progress);
    keepReport(results, folder.resolve(JourneyRecord.REPORT));
    Json.write(
        folder.resolve(JourneyRecord.FILE),
        new JourneyRecord(
            JourneyRecord.SCHEMA,
            slo.id(),
            words,
            slo.perSecond(),
            slo.warmUpSeconds(),
            slo.seconds(),
            exit,
            lastLine(output),
            true));
  }

  private Map<String, String> environment(Slo slo) {
    double p99 = slo.limitsMillis().getOrDefault("p99", slo.deadlineMillis());
    return Map.of(
        "PLUMBLINE_JOURNEY_URL", url.toString(),
        "PLUMBLINE_JOURNEY_REVISION", revision,
        "PLUMBLINE_JOURNEY_HEADERS",
            headers.stream()
                .map(h -> h.name() + ": " + h.value())
                .collect(Collectors.joining("\n")),
        "PLUMBLINE_JOURNEY_CALL", call,
        "PLUMBLINE_JOURNEY_RATE", Double.toString(slo.perSecond()),
        "PLUMBLINE_JOURNEY_WARM_UP_SECONDS", Long.toString(Math.round(slo.warmUpSeconds())),
        "PLUMBLINE_JOURNEY_SECONDS", Long.toString(Math.round(slo.seconds())),
        "PLUMBLINE_JOURNEY_DEADLINE_MILLIS", Long.toString(Math.round(slo.deadlineMillis())),
        "PLUMBLINE_JOURNEY_P99_MILLIS", Long.toString(Math.round(p99)),
        "PLUMBLINE_JOURNEY_FAILED_PERCENT", Double.toString(slo.errorRatio() * 100));
  }

  private static int await(Process process, Slo slo, Progress progress)
      throws InterruptedException {
    long load = Math.round(slo.warmUpSeconds() + slo.seconds());
    long limit = load + REQUESTS * slo.deadline().toSeconds() + OVERHEAD_SECONDS;
    try {
      for (long waited = 0; waited < limit; waited += NOTE_SECONDS) {
        if (process.waitFor(NOTE_SECONDS, TimeUnit.SECONDS)) {
          return process.exitValue();
        }
        progress.note(
            Suite.PERF,
            slo.id() + ": Gatling runs, " + (waited + NOTE_SECONDS) + " s, load lasts " + load);
      }
      return JourneyRecord.TOO_LONG;
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(NOTE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Gatling names its folder by time; the evidence knows one name. */
  private static void keepReport(Path results, Path report) throws IOException {
    if (!Files.isDirectory(results)) {
      return;
    }
    try (Stream<Path> made = Files.list(results)) {
      List<Path> folders = made.filter(Files::isDirectory).toList();
      if (folders.size() == 1) {
        Files.move(folders.getFirst(), report);
      }
    }
    try (Stream<Path> left = Files.list(results)) {
      if (left.findAny().isEmpty()) {
        Files.delete(results);
      }
    }
  }

  private static String lastLine(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output, StandardCharsets.UTF_8)) {
      String last = lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
      return last.length() <= MAX_LINE ? last : last.substring(0, MAX_LINE);
    }
  }
}

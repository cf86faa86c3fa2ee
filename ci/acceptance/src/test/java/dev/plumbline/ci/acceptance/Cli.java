package dev.plumbline.ci.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts {@code plumbline} as a process and keeps an eye on every process it starts. */
final class Cli {
  static final Path HOME = Path.of(System.getProperty("plumbline.home", "")).toAbsolutePath();
  static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Most of these runs end soon: what a long one gains from is not worth its price. */
  private static final List<String> SHORT_RUN =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Duration POLL = Duration.ofMillis(20);

  private Cli() {}

  /** Starts the command line with the arguments, in a folder. */
  static Running start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(SHORT_RUN);
    command.addAll(agents());
    command.add("-Dplumbline.home=" + HOME);
    command.add("-cp");
    command.add(HOME.resolve("ci/cli/target/dist") + "/*");
    command.add("dev.plumbline.ci.cli.Main");
    command.addAll(List.of(arguments));
    return start(folder, command, Map.of());
  }

  /** Starts any command in a folder, with more environment. */
  static Running start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path logs = Files.createTempDirectory("plumbline-cli");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(logs.resolve("out").toFile())
            .redirectError(logs.resolve("err").toFile());
    // Software made by others takes part in the run that leaves the evidence, not in these.
    builder
        .environment()
        .keySet()
        .removeAll(
            Set.of(
                "PLUMBLINE_REFEREE",
                "PLUMBLINE_INTEROP",
                "PLUMBLINE_MUTANTS",
                "PLUMBLINE_BENCHMARKS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process, logs.resolve("out"), logs.resolve("err"));
  }

  /** Whatever counts the lines that this JVM reaches counts those of the command line as well. */
  private static List<String> agents() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .toList();
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** A command line that runs. */
  static final class Running {
    private final Process process;
    private final Path out;
    private final Path err;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    private Running(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    long pid() {
      return process.pid();
    }

    /** The process it started that runs a program, over HTTP. */
    long child(String main) {
      return process
          .descendants()
          .filter(
              child -> child.info().commandLine().orElse("").matches(".*" + main + " .*--port.*"))
          .findFirst()
          .orElseThrow()
          .pid();
    }

    String out() throws IOException {
      return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** Asks it to stop, as a CI system does. */
    void terminate() {
      process.destroy();
    }

    /** Waits until what it printed holds the text; collects its children meanwhile. */
    void awaitOutput(String text) {
      await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .until(
              () -> {
                process.descendants().forEach(seen::add);
                return out().contains(text) || !process.isAlive();
              });
    }

    /** Waits for the end and checks that no child outlives it. */
    Ended end() throws IOException {
      await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .until(
              () -> {
                process.descendants().forEach(seen::add);
                return !process.isAlive();
              });
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(seen).noneMatch(ProcessHandle::isAlive));
      return new Ended(
          process.exitValue(), out(), Files.readString(err, StandardCharsets.UTF_8), seen.size());
    }
  }

  /**
   * A command line that ended.
   *
   * @param code its exit code
   * @param out what it printed
   * @param err what it complained about
   * @param children how many processes it was seen to start
   */
  record Ended(int code, String out, String err, int children) {
    /** Asserts the exit code and that exactly one line of complaint says these things. */
    Ended complains(int expectedCode, String... parts) {
      assertThat(err.lines().toList()).as(err).hasSize(1);
      assertThat(err).startsWith("plumbline: ").contains(parts).doesNotContain("Exception");
      assertThat(code).as(out + err).isEqualTo(expectedCode);
      return this;
    }
  }
}

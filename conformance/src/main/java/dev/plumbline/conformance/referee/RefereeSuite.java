package dev.plumbline.conformance.referee;

import dev.plumbline.conformance.target.FixtureServer;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the official suite examine the bundled server, with its fixture, and the bundled client:
 * both requirement sets, scored and not scored scenarios. Needs no network but loopback.
 */
public final class RefereeSuite {
  /** The requirement sets, oldest first. */
  static final List<String> REVISIONS = List.of("2025-11-25", "2026-07-28");

  private static final int CLIENTS_AT_ONCE = 3;
  private static final Duration SCENARIO_LIMIT = Duration.ofMinutes(5);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(60);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(8);

  private final RefereeOptions options;
  private final Installation installation;

  /** The suite with an installed referee. */
  public RefereeSuite(RefereeOptions options, Installation installation) {
    this.options = options;
    this.installation = installation;
  }

  /**
   * Runs all four parts and judges.
   *
   * @throws HarnessException when the referee cannot be run
   */
  public SuiteResult run(SuiteContext context) throws HarnessException, InterruptedException {
    Path raw = context.raw();
    try {
      for (String revision : REVISIONS) {
        call(raw, requirements(revision), LIST_LIMIT, List.of("list", "--requirements", revision));
      }
      call(raw, "version.txt", LIST_LIMIT, List.of("--version"));
      List<RefereeIndex.Entry> runs = new ArrayList<>();
      for (String revision : REVISIONS) {
        note(context, "official suite, server, " + revision);
        runs.add(server(raw, revision));
        note(context, "official suite, client, " + revision);
        runs.add(client(raw, revision));
      }
      String version = Files.readString(raw.resolve("version.txt")).strip();
      Json.write(
          raw.resolve(RefereeIndex.FILE),
          new RefereeIndex(RefereeIndex.SCHEMA, version, options.nodeVersion(), runs));
      SuiteResult result = new RefereeJudge().judge(raw);
      context.progress().planned(Suite.REFEREE, result.checks().size(), 0);
      for (CheckResult check : result.checks()) {
        context.progress().started(Suite.REFEREE, check.id(), check.title());
        context.progress().finished(Suite.REFEREE, check);
      }
      return result;
    } catch (IOException e) {
      throw new HarnessException("the official suite cannot be run: " + e.getMessage(), e);
    }
  }

  private static void note(SuiteContext context, String text) {
    context.progress().note(Suite.REFEREE, text);
  }

  static String requirements(String revision) {
    return "requirements-" + revision + ".txt";
  }

  private RefereeIndex.Entry server(Path raw, String revision)
      throws IOException, HarnessException, InterruptedException {
    try (FixtureServer server = FixtureServer.start(installation)) {
      URI url = server.endpoint();
      return part(raw, Side.SERVER, revision, List.of("--url", url.toString()));
    }
  }

  private RefereeIndex.Entry client(Path raw, String revision)
      throws IOException, HarnessException, InterruptedException {
    Path slots = Files.createTempDirectory("plumbline-referee");
    try {
      return part(raw, Side.CLIENT, revision, List.of("--command", shell(clientCommand(slots))));
    } finally {
      Records.delete(slots);
    }
  }

  private List<String> clientCommand(Path slots) {
    List<String> command = new ArrayList<>();
    if (onPath("flock")) {
      // The referee starts all its clients at once; a machine with few cores would time them out.
      command.addAll(
          List.of(
              "sh",
              "-c",
              "exec flock \"$0.$(($$ % " + CLIENTS_AT_ONCE + "))\" \"$@\"",
              slots.resolve("slot").toString()));
    }
    command.add(Installation.java().toString());
    // Many short-lived clients start at once: starting fast matters more than running fast.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(
        List.of(
            "-cp",
            installation.server().resolve("*").toString(),
            "dev.plumbline.server.client.Main",
            "scenario"));
    return command;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The referee hands the command to a shell: nothing in it may be expanded. */
  private static String shell(List<String> command) {
    return command.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  private RefereeIndex.Entry part(Path raw, Side side, String revision, List<String> target)
      throws IOException, HarnessException, InterruptedException {
    String name = side.id() + "-" + revision;
    Path records = raw.resolve(name);
    List<String> arguments = new ArrayList<>(List.of(side.id()));
    arguments.addAll(target);
    arguments.addAll(List.of("--requirements", revision, "-o", records.toString()));
    arguments.addAll(List.of("--timeout", Long.toString(SCENARIO_LIMIT.toMillis())));
    int exit = call(raw, name + ".txt", RUN_LIMIT, arguments);
    return new RefereeIndex.Entry(side.id(), revision, exit, Records.tidy(records, side));
  }

  private int call(Path raw, String output, Duration limit, List<String> arguments)
      throws IOException, HarnessException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(options.node().toString());
    command.add(options.program().toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(raw.resolve(output).toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HarnessException(
            "the official suite did not end within "
                + limit.toSeconds()
                + " s: "
                + arguments.getFirst());
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}

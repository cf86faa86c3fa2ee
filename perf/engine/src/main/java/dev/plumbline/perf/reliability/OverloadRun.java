package dev.plumbline.perf.reliability;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.perf.process.Affinity;
import dev.plumbline.perf.process.ServerProcess;
import dev.plumbline.perf.reliability.overload.Main;
import dev.plumbline.perf.reliability.overload.OverloadPlan;
import dev.plumbline.perf.reliability.raw.Part;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Runs an overload experiment in a JVM of its own, on the generator's processors. */
final class OverloadRun {
  /**
   * A heap small enough that memory which does not return shows, and a collector for the one
   * processor the server gets. What a request leaves behind is garbage at once: half of the heap
   * for the young, so that it is collected half as often as by default, and what survives two of
   * its collections, a session or a connection, is not copied any further. By default every pause
   * copied the ids of all sessions again, and the pauses alone made the p99 at 0.8 of the capacity.
   */
  private static final List<String> SERVER_HEAP =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:NewRatio=1",
          "-XX:MaxTenuringThreshold=2");

  private static final int TOKEN_BYTES = 32;

  /** More than the role transport admits at once: the others are refused, not kept from asking. */
  private static final int CHEAP_CONNECTIONS = 3_000;

  private static final int WORK_CONNECTIONS = 600;
  private static final int SESSIONS = 64;
  private static final double FACTOR = 2;

  /** The limit of the latency at the capacity (C3), above the time the work itself takes. */
  private static final double P99_MILLIS = 10;

  private static final double WORK_MILLIS = 20;

  /** Each has always one message under way; more would only wait in the server's queue. */
  private static final int ECHO_CONNECTIONS = 32;

  /** Calls with work that run at once, beside the tasks that wait to be cancelled. */
  private static final int WORKERS = 30;

  private static final int WORK_TASKS = 60;

  private final Installation installation;
  private final SuiteContext context;
  private final Affinity affinity;
  private final Map<String, String> facts;

  OverloadRun(Installation installation, SuiteContext context, Map<String, String> facts) {
    this.installation = installation;
    this.context = context;
    this.affinity = Affinity.halves();
    this.facts = facts;
  }

  /**
   * Runs one experiment; what it saw lies in the part's folder.
   *
   * @throws HarnessException when it fails or takes too long
   */
  void run(Part part) throws IOException, HarnessException, InterruptedException {
    Path folder = Files.createDirectories(context.raw().resolve(part.id()));
    Sizes.Overload size = Sizes.overload(part, context.settings().profile());
    Path secrets =
        Files.createTempDirectory(
            "plumbline-overload",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Path token = secrets.resolve("token");
      Files.createFile(
          token,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(token, token());
      Path file = secrets.resolve(OverloadPlan.FILE);
      OverloadPlan plan =
          switch (part) {
            case THROUGHPUT -> echo(folder, token, size);
            case OVERLOAD_WORK -> work(folder, token, size);
            default -> cheap(folder, token, size);
          };
      Json.write(file, plan);
      tell(part, plan);
      experiment(part, file, folder, size);
    } finally {
      for (String name : List.of("token", OverloadPlan.FILE)) {
        Files.deleteIfExists(secrets.resolve(name));
      }
      Files.deleteIfExists(secrets);
    }
  }

  private static String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void tell(Part part, OverloadPlan plan) {
    facts.put("processors", affinity.words());
    facts.put(part.id(), plan.words());
  }

  private void experiment(Part part, Path plan, Path folder, Sizes.Overload size)
      throws HarnessException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Installation.java().toString());
    // The generator makes hardly any garbage: room enough that nothing is collected while it
    // measures, and the simplest collector for what remains.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms384m", "-Xmx768m", "-Xmn256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(plan.toString(), folder.toString()));
    Path output = folder.resolve("experiment.log");
    Program program =
        new Program(affinity.forGenerator(command), output, folder.resolve("stderr.txt"));
    int exit =
        program.run(
            Sizes.limit(size),
            seconds ->
                context.progress().note(Suite.RELIABILITY, part.id() + ": " + program.lastLine()));
    if (exit != 0) {
      throw new HarnessException("the experiment ended with " + exit + ": " + program.lastWords());
    }
  }

  /** Messages that do nothing but come and go. */
  private OverloadPlan echo(Path folder, Path token, Sizes.Overload size) {
    return plan(
        Part.THROUGHPUT,
        server(folder, token, List.of()),
        "tools/call echo with texts of 64 B to 64 KiB, stateless era, every answer compared, over "
            + ECHO_CONNECTIONS
            + " HTTP/1.1 connections; standard limits",
        "echo",
        "{}",
        ECHO_CONNECTIONS,
        P99_MILLIS,
        size,
        0,
        token,
        List.of());
  }

  /** Many requests of little processor time: what runs out is the processor. */
  private OverloadPlan cheap(Path folder, Path token, Sizes.Overload size) {
    int endings = (int) Math.ceil(size.endingsPerSecond() * size.seconds());
    int tasks = Math.min(900, endings + 10);
    return plan(
        Part.OVERLOAD_CHEAP,
        server(folder, token, List.of("--set", "queues.caps.tool_executor=1000")),
        "tools/call digest, about 0.25 ms of processor time, both eras, over "
            + CHEAP_CONNECTIONS
            + " HTTP/1.1 connections; standard limits but tool_executor 1000, for the tasks that"
            + " wait to be cancelled",
        "digest",
        "{\"rounds\":4000}",
        CHEAP_CONNECTIONS,
        P99_MILLIS,
        size,
        tasks,
        token,
        List.of());
  }

  /** Requests that take 20 ms each and hardly any processor time: what runs out is a limit. */
  private OverloadPlan work(Path folder, Path token, Sizes.Overload size) {
    int cap = WORKERS + WORK_TASKS;
    return plan(
        Part.OVERLOAD_WORK,
        server(folder, token, List.of("--set", "queues.caps.tool_executor=" + cap)),
        "tools/call pause, 20 ms of waiting, stateless era, overload by Gatling; tool_executor "
            + cap
            + ", of which "
            + WORK_TASKS
            + " are held by tasks that wait to be cancelled: the capacity is that of the limit",
        "pause",
        "{\"millis\":20}",
        WORK_CONNECTIONS,
        WORK_MILLIS + P99_MILLIS,
        size,
        WORK_TASKS,
        token,
        List.of(
            Installation.java().toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            // Room enough for all it keeps, so that nothing but what is young is collected.
            "-Xms768m",
            "-Xmx768m",
            "-Xmn512m",
            "-XX:MetaspaceSize=192m",
            "-XX:+UseSerialGC",
            "-Xlog:gc:file=" + folder.resolve("gatling-gc.log"),
            "-cp",
            installation.gatling() + File.separator + "*",
            "io.gatling.app.Gatling"));
  }

  private List<String> server(Path folder, Path token, List<String> limits) {
    List<String> options = new ArrayList<>(List.of("--fixture", "--control-token-file"));
    options.add(token.toString());
    options.addAll(limits);
    List<String> jvm = new ArrayList<>(SERVER_HEAP);
    jvm.add("-Xlog:gc:file=" + folder.resolve("gc.log"));
    return ServerProcess.command(installation.server(), jvm, options, affinity);
  }

  private static OverloadPlan plan(
      Part part,
      List<String> server,
      String words,
      String tool,
      String arguments,
      int connections,
      double p99Millis,
      Sizes.Overload size,
      int tasks,
      Path token,
      List<String> gatling) {
    return new OverloadPlan(
        OverloadPlan.SCHEMA,
        part.id(),
        server,
        words,
        tool,
        arguments,
        connections,
        SESSIONS,
        size.warmUpSeconds(),
        size.stepSeconds(),
        size.steps(),
        p99Millis,
        part == Part.THROUGHPUT ? 0 : FACTOR,
        size.overtureSeconds(),
        size.seconds(),
        part == Part.OVERLOAD_WORK ? 0 : size.sustainedSeconds(),
        size.healthPerSecond(),
        size.endingsPerSecond(),
        size.endingsPerSecond(),
        (int) Math.ceil(size.endingsPerSecond() * size.seconds()) + 10,
        tasks,
        token.toString(),
        gatling);
  }
}

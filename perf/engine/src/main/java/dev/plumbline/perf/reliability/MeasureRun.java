package dev.plumbline.perf.reliability;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.perf.reliability.raw.MeasureRecord;
import dev.plumbline.perf.reliability.raw.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Runs one of the server's own measurements as a process and keeps what it prints. */
final class MeasureRun {
  private static final double NANOS = 1e9;

  private final Installation installation;
  private final SuiteContext context;

  MeasureRun(Installation installation, SuiteContext context) {
    this.installation = installation;
    this.context = context;
  }

  /** Whether the server that is installed has this measurement. */
  boolean isBuilt(String main) throws IOException {
    String entry = main.replace('.', '/') + ".class";
    if (!Files.isDirectory(installation.server())) {
      return false;
    }
    try (Stream<Path> jars = Files.list(installation.server())) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        try (JarFile open = new JarFile(jar.toFile())) {
          if (open.getEntry(entry) != null) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws HarnessException when it takes too long or ends without a figure
   */
  void run(Part part, String main) throws IOException, HarnessException, InterruptedException {
    Path folder = Files.createDirectories(context.raw().resolve(part.id()));
    List<String> arguments = Sizes.arguments(part, context.settings());
    List<String> command =
        new ArrayList<>(OpenFiles.raised(Sizes.openFiles(part, context.settings().profile())));
    command.add(Installation.java().toString());
    if (part == Part.ATTACKS) {
      // Over before the optimising compiler would have been worth its time.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-cp", installation.server().resolve("*").toString(), main));
    command.addAll(arguments);
    Path lines = folder.resolve(MeasureRecord.LINES);
    Program program = new Program(command, lines, folder.resolve("stderr.txt"));
    Duration limit = Sizes.limit(part, context.settings().profile());
    long begun = System.nanoTime();
    int exit =
        program.run(
            limit,
            seconds ->
                context
                    .progress()
                    .note(Suite.RELIABILITY, part.id() + ": measuring, " + seconds + " s"));
    int printed;
    try (Stream<String> all = Files.lines(lines)) {
      printed = (int) all.count();
    }
    if (printed == 0) {
      throw new HarnessException(
          main + " ended with " + exit + " and printed nothing: " + program.lastWords());
    }
    Json.write(
        folder.resolve(MeasureRecord.FILE),
        new MeasureRecord(
            MeasureRecord.SCHEMA,
            main,
            arguments,
            exit,
            Math.round((System.nanoTime() - begun) / NANOS * 10) / 10.0,
            program.lastWords(),
            printed));
  }
}

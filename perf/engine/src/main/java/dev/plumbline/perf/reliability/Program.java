package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * One program that measures, run to its end within a limit; it and what it started are ended when
 * it takes too long or we are interrupted.
 *
 * @param command what to start
 * @param output where its standard output goes
 * @param errors where its standard error goes
 */
record Program(List<String> command, Path output, Path errors) {
  private static final long LOOK_SECONDS = 5;
  private static final int MAX_WORDS = 300;

  /** Copies the list. */
  Program {
    command = List.copyOf(command);
  }

  /**
   * Runs it.
   *
   * @param meanwhile told now and then, with the seconds it has run
   * @return its exit status
   * @throws HarnessException when it cannot be started or takes too long
   */
  int run(Duration limit, LongConsumer meanwhile) throws HarnessException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
    } catch (IOException e) {
      throw new HarnessException(command.getFirst() + " cannot be started: " + e.getMessage(), e);
    }
    try {
      for (long waited = 0; waited < limit.toSeconds(); waited += LOOK_SECONDS) {
        if (process.waitFor(LOOK_SECONDS, TimeUnit.SECONDS)) {
          return process.exitValue();
        }
        meanwhile.accept(waited + LOOK_SECONDS);
      }
      throw new HarnessException("it did not end within " + limit.toSeconds() + " s");
    } finally {
      List<ProcessHandle> family = process.descendants().toList();
      process.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** The last line it wrote to its standard error, bounded; empty when there is none. */
  String lastWords() {
    return last(errors);
  }

  /** The last line it wrote to its standard output, bounded; empty when there is none. */
  String lastLine() {
    return last(output);
  }

  private static String last(Path file) {
    try {
      String last =
          Files.readString(file, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .reduce("", (before, line) -> line);
      return last.length() <= MAX_WORDS ? last : last.substring(0, MAX_WORDS);
    } catch (IOException e) {
      return "";
    }
  }
}

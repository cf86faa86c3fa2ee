package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.run.TargetFactory;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Rerun;
import dev.plumbline.conformance.repro.Way;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes failures happen again: by their recorded requests, by their rule, by one of our commands.
 */
final class Reruns {
  private final Console console;
  private final TargetChoice choice;

  Reruns(Console console, TargetChoice choice) {
    this.console = console;
    this.choice = choice;
  }

  /**
   * Replays.
   *
   * @param how {@code replay}, {@code rule}, or empty for whichever tells something
   */
  Rerun run(Reproducer reproducer, String how)
      throws TargetException, HarnessException, InterruptedException {
    return switch (reproducer.way()) {
      case Way.Command command -> command(reproducer, command);
      case Way.Replay replay -> {
        try (Target target = TargetFactory.open(choice)) {
          if (how.equals("rule")) {
            yield rule(reproducer, target);
          }
          Rerun seen = Rerun.replay(reproducer, replay, target);
          boolean unclear = seen.outcome() == Rerun.Outcome.UNCLEAR;
          yield unclear && how.isEmpty() ? rule(reproducer, target) : seen;
        }
      }
    };
  }

  /** What shows that it is fixed: neither the requests nor all that the rule does find anything. */
  Rerun everything(Reproducer reproducer)
      throws TargetException, HarnessException, InterruptedException {
    Rerun first = run(reproducer, "");
    boolean fails =
        first.outcome() == Rerun.Outcome.REPRODUCED
            || first.outcome() == Rerun.Outcome.FAILS_OTHERWISE;
    if (fails || !(reproducer.way() instanceof Way.Replay)) {
      return first;
    }
    return run(reproducer, "rule");
  }

  private static Rerun rule(Reproducer reproducer, Target target)
      throws TargetException, HarnessException, InterruptedException {
    Path scratch = scratch();
    try {
      return Rerun.rule(reproducer, target, scratch);
    } finally {
      remove(scratch);
    }
  }

  /** Runs our own command and looks at the check it is about. */
  private Rerun command(Reproducer reproducer, Way.Command command) throws HarnessException {
    Path scratch = scratch();
    try {
      List<String> words = new ArrayList<>(command.words());
      words.addAll(List.of("--out", scratch.toString()));
      words.addAll(targetWords());
      Console quiet =
          new Console(
              new PrintStream(console.err(), true, StandardCharsets.UTF_8),
              console.err(),
              console.errDisplay(),
              console.errDisplay(),
              console.environment(),
              console.command());
      int code = CommandLines.execute(quiet, words.toArray(String[]::new));
      Optional<CheckResult> check = result(scratch, reproducer);
      if (check.isEmpty()) {
        throw new HarnessException(
            "the command ended with "
                + code
                + " and did not judge "
                + reproducer.check()
                + (code == ExitCode.USAGE.code() ? "; what it says is above" : ""));
      }
      return Rerun.of(reproducer, check.get().verdict());
    } finally {
      remove(scratch);
    }
  }

  private List<String> targetWords() {
    List<String> words = new ArrayList<>();
    switch (choice) {
      case TargetChoice.Url url -> {
        words.addAll(List.of("--url", url.url().toString()));
        url.headers().forEach(header -> words.addAll(List.of("--header", header)));
      }
      case TargetChoice.Command server -> {
        words.add("--");
        words.addAll(server.command());
      }
      case TargetChoice.Bundled bundled -> {
        if (bundled.mutant() != null) {
          words.addAll(List.of("--mutant", bundled.mutant()));
        }
      }
    }
    return words;
  }

  private static Optional<CheckResult> result(Path scratch, Reproducer reproducer)
      throws HarnessException {
    Suite suite = reproducer.suite();
    try (Stream<Path> runs = Files.list(scratch)) {
      for (Path run : runs.toList()) {
        Path file = new RunFolder(run).result(suite);
        if (Files.isRegularFile(file)) {
          return Json.read(file, SuiteResult.class).checks().stream()
              .filter(check -> check.id().equals(reproducer.check()))
              .findFirst();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new HarnessException("cannot read what was judged: " + e.getMessage(), e);
    }
  }

  private static Path scratch() throws HarnessException {
    try {
      return Files.createTempDirectory("plumbline-repro");
    } catch (IOException e) {
      throw new HarnessException("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // the temporary folder is emptied some day
    }
  }
}

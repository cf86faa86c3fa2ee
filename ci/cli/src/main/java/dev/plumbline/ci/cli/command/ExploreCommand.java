package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.ExploreRun;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.conformance.explore.Budget;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Models;
import dev.plumbline.evidence.model.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline explore}. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline explore [OPTIONS] [--url URL | -- SERVER-COMMAND ARGS...]",
    header = "Walk the specification's state machines at random, and make a walk that fails small.",
    parameterListHeading = "%nServer:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Models: lifecycle, session, stream, task, subscription, mrtr.",
      "The same seed walks the same way; a walk that fails is shown with the choices that repeat it.",
      "Exit codes: 0 every walk held, 1 one failed, 2 usage, 3 nothing could be walked."
    })
final class ExploreCommand implements Callable<Integer> {
  private static final int MOST_STEPS = 200;
  private static final int MOST_WALKS = 10_000_000;

  private final Console console;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Walk this model only; all of them otherwise.")
  private @Nullable String model;

  @Option(
      names = "--walks",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many walks of each model (default: 1000).")
  private int walks = 1000;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long a walk may be (default: 30).")
  private int steps = 30;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long each model may be walked (default: 60).")
  private int seconds = 60;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "How many walks are made beside each other; over stdio at most 2 (default: 16).")
  private int atOnce = Budget.AT_ONCE;

  @Option(
      names = "--seed",
      paramLabel = "HEX",
      description = "Makes every walk repeatable; a new one is made and shown otherwise.")
  private @Nullable String seed;

  @Option(
      names = "--choices",
      paramLabel = "N,N,…",
      description = "Make exactly this one walk of the model that is named.")
  private @Nullable String choices;

  @Option(
      names = "--consent",
      paramLabel = "WHAT",
      description =
          "What may be done to the server: read-only (default), creates or destructive; only tools "
              + "within it are called.")
  private @Nullable String consent;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Leave the recording of the walk that is shown here, one file for each model.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  ExploreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    boolean counted = isWithin(walks, MOST_WALKS) && isWithin(steps, MOST_STEPS);
    if (!counted || seconds < 1 || !isWithin(atOnce, Budget.AT_ONCE)) {
      throw new UsageException(
          "--walks takes 1 to %d, --steps 1 to %d, --seconds at least 1, --at-once 1 to %d"
              .formatted(MOST_WALKS, MOST_STEPS, Budget.AT_ONCE));
    }
    Optional<List<Integer>> replayed = choices();
    List<Model<?, ?>> wanted = models();
    RunOptions run = new RunOptions();
    run.seed = seed;
    run.consent = consent;
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    RunRequest request =
        new Requests(console, target, run, arguments).resolve(List.of(Suite.CONFORMANCE));
    ExploreText text = new ExploreText(console, request, Optional.ofNullable(out));
    new ExploreRun(request, wanted, text)
        .execute(new Budget(walks, steps, Duration.ofSeconds(seconds), atOnce), replayed);
    return text.exitCode().code();
  }

  private static boolean isWithin(int given, int most) {
    return given >= 1 && given <= most;
  }

  private List<Model<?, ?>> models() throws UsageException {
    if (model == null) {
      return Models.all();
    }
    return List.of(
        Models.named(model)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--model: there is no "
                            + model
                            + "; choose from "
                            + Models.all().stream()
                                .map(Model::name)
                                .collect(Collectors.joining(", ")))));
  }

  private Optional<List<Integer>> choices() throws UsageException {
    if (choices == null) {
      return Optional.empty();
    }
    if (model == null) {
      throw new UsageException("--choices belong to one model; name it with --model");
    }
    if (!choices.matches("\\d{1,6}(,\\d{1,6}){0,199}")) {
      throw new UsageException("--choices takes up to 200 numbers, as in 0,2,1");
    }
    return Optional.of(Arrays.stream(choices.split(",", -1)).map(Integer::valueOf).toList());
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Rerun;
import dev.plumbline.evidence.model.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline repro run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Make a failure happen again.",
    description = {
      "",
      "Send the recorded requests again, to the same server or to another one, and have the rule",
      "judge what comes back."
    },
    footerHeading = "%n",
    footer =
        "Exit codes: 0 no longer there, 1 it fails, 2 usage, 3 nothing to judge, 4 Plumbline failed.")
final class ReproRunCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Mixin private final ReproSubject subject = new ReproSubject();

  @Option(
      names = "--how",
      paramLabel = "HOW",
      description =
          "replay (the recorded requests) or rule (everything the rule does, with the same seed); "
              + "both when the first tells nothing.")
  private @Nullable String how;

  ReproRunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (how != null && !List.of("replay", "rule").contains(how)) {
      throw new UsageException("--how: '" + how + "' is neither replay nor rule");
    }
    Reproducer reproducer = options.shelf().read(options.shelf().file(subject.id()));
    ReproText text = new ReproText(console);
    Reruns reruns = new Reruns(console, subject.target(reproducer));
    text.reproducer(reproducer);
    Rerun again = reruns.run(reproducer, how == null ? "" : how);
    text.rerun(reproducer, again);
    return switch (again.outcome()) {
      case REPRODUCED, FAILS_OTHERWISE -> ExitCode.NO_GO.code();
      case GONE -> ExitCode.GO.code();
      case UNCLEAR -> ExitCode.INCONCLUSIVE.code();
    };
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.repro.Known;
import dev.plumbline.ci.cli.repro.State;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Rerun;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    header = "Make a failure happen again, or all of them.",
    description = {
      "",
      "Send the recorded requests again, to the same server or to another one, and have the rule",
      "judge what comes back."
    },
    footerHeading = "%n",
    footer =
        "Exit codes: 0 no longer there, 1 it fails, 2 usage, 3 nothing to judge, 4 Plumbline failed."
            + "%nWith --all: 1 when any fails that nobody accepts, else 3 when any cannot be judged.")
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

  @Option(
      names = "--all",
      description =
          "Every failure there is, each once, accepted and archived ones too, instead of ID.")
  private boolean all;

  ReproRunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (how != null && !List.of("replay", "rule").contains(how)) {
      throw new UsageException("--how: '" + how + "' is neither replay nor rule");
    }
    ReproText text = new ReproText(console);
    if (all) {
      subject.namesNone();
      return every(text);
    }
    Reproducer reproducer = options.shelf().read(options.shelf().file(subject.id()));
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

  private int every(ReproText text) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Map<Rerun.Outcome, Integer> counts = new EnumMap<>(Rerun.Outcome.class);
    Set<Rerun.Outcome> unaccepted = EnumSet.noneOf(Rerun.Outcome.class);
    for (Known known : options.shelf().all(today)) {
      Rerun again = one(known.newest());
      text.line(known, again);
      counts.merge(again.outcome(), 1, Integer::sum);
      if (!(known.state() instanceof State.Accepted)) {
        unaccepted.add(again.outcome());
      }
    }
    text.sum(counts);
    if (unaccepted.contains(Rerun.Outcome.REPRODUCED)
        || unaccepted.contains(Rerun.Outcome.FAILS_OTHERWISE)) {
      return ExitCode.NO_GO.code();
    }
    return (unaccepted.contains(Rerun.Outcome.UNCLEAR) ? ExitCode.INCONCLUSIVE : ExitCode.GO)
        .code();
  }

  /** A server that cannot be asked about one failure does not keep the others from being seen. */
  private Rerun one(Reproducer reproducer) throws HarnessException, InterruptedException {
    try {
      return new Reruns(console, subject.target(reproducer))
          .run(reproducer, how == null ? "" : how);
    } catch (TargetException | UsageException e) {
      return new Rerun(Rerun.Outcome.UNCLEAR, Causes.oneLine(e), Optional.empty());
    }
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Shelf;
import dev.plumbline.ci.cli.repro.Store;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Rerun;
import dev.plumbline.evidence.model.ExitCode;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline repro fix}. */
@Command(
    name = "fix",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Replay a failure, and close it only if it is gone.",
    description = {
      "",
      "Replays the recorded requests and then everything its rule does. Only when the rule is",
      "content is the reproducer archived in the project's own folder."
    },
    footerHeading = "%n",
    footer =
        "Exit codes: 0 archived, 1 it still fails, 2 usage, 3 nothing to judge, 4 Plumbline failed.")
final class ReproFixCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Mixin private final ReproSubject subject = new ReproSubject();

  ReproFixCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Shelf shelf = options.shelf();
    Store store = options.store();
    Reproducer reproducer = shelf.read(shelf.file(subject.id()));
    ReproText text = new ReproText(console);
    text.reproducer(reproducer);
    Rerun again = new Reruns(console, subject.target(reproducer)).everything(reproducer);
    Instant now = Instant.now();
    return switch (again.outcome()) {
      case GONE -> {
        store.archive(reproducer, again.told(), now);
        console.out().println();
        text.say("FIXED   " + again.told() + "; archived in " + Paths.shown(store.folder()));
        yield ExitCode.GO.code();
      }
      case REPRODUCED, FAILS_OTHERWISE -> {
        store.stillFails(reproducer, again.told(), now);
        text.rerun(reproducer, again);
        yield ExitCode.NO_GO.code();
      }
      case UNCLEAR -> {
        text.rerun(reproducer, again);
        yield ExitCode.INCONCLUSIVE.code();
      }
    };
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.repro.Known;
import dev.plumbline.ci.cli.repro.Shelf;
import dev.plumbline.ci.cli.repro.Store;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.evidence.model.ExitCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline repro keep}. */
@Command(
    name = "keep",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Copy reproducers into the project's own folder, to be put under version control.",
    footerHeading = "%n",
    footer = {
      "Every run of plumbline verify looks at what is kept: gate G-12 objects while one is neither",
      "fixed nor accepted.",
      "Exit codes: 0 kept, 2 usage."
    })
final class ReproKeepCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Option(names = "--all", description = "Keep every failure that is not fixed, its newest one.")
  private boolean all;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Numbers, ids or files.")
  private List<String> ids = new ArrayList<>();

  ReproKeepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (all == !ids.isEmpty()) {
      throw new UsageException("repro keep needs the ids to keep, or --all");
    }
    Instant now = Instant.now();
    Shelf shelf = options.shelf();
    Store store = options.store();
    List<Reproducer> chosen = new ArrayList<>();
    for (String id : ids) {
      chosen.add(shelf.read(shelf.file(id)));
    }
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    for (Known known : all ? shelf.all(today) : List.<Known>of()) {
      if (known.state().blocks() && !known.kept()) {
        chosen.add(known.newest());
      }
    }
    for (Reproducer reproducer : chosen) {
      store.keep(reproducer, now);
      new ReproText(console)
          .say(
              "kept "
                  + reproducer.check()
                  + "   "
                  + Paths.shown(store.folder().resolve(reproducer.id() + ".json")));
    }
    if (chosen.isEmpty()) {
      new ReproText(console).say("nothing to keep");
    }
    return ExitCode.GO.code();
  }
}

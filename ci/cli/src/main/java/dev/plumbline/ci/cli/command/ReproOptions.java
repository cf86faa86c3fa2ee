package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Shelf;
import dev.plumbline.ci.cli.repro.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where reproducers are: options shared by every command about them. */
final class ReproOptions {
  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "The folder of runs, or one run (default: plumbline-out).")
  @Nullable Path runs;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "The project's own folder: kept reproducers, archive, history (default: "
              + "plumbline-reproducers).")
  @Nullable Path store;

  Store store() {
    return new Store(store == null ? Store.DEFAULT : store);
  }

  Shelf shelf() {
    return new Shelf(runs == null ? Requests.DEFAULT_OUT : runs, store());
  }
}

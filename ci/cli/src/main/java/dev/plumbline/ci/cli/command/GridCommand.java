package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.Servers;
import dev.plumbline.ci.cli.config.ServersFile;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.fleet.Entrant;
import dev.plumbline.ci.cli.fleet.Fleet;
import dev.plumbline.ci.cli.fleet.FleetFolder;
import dev.plumbline.ci.cli.run.Interruption;
import dev.plumbline.ci.cli.terminal.FleetScreen;
import dev.plumbline.evidence.bundle.report.Grid;
import dev.plumbline.evidence.bundle.report.GridPage;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline grid}. */
@Command(
    name = "grid",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline grid [OPTIONS] [servers.yaml]",
    header = "Judge many servers by the same rules, side by side.",
    description = {
      "",
      "Runs the conformance suite on every server of the file, several at once, each in a run",
      "folder of its own with a signed bundle, and makes one page: clauses down, servers across."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  plumbline grid servers.yaml",
      "  plumbline grid servers.yaml --parallel 4 --tag tools --seed 7f3a",
      "",
      "A server that cannot be reached is a column of its own. samples/config/servers.yaml shows",
      "every setting. Exit code: the worst of all servers, worst first: 4 Plumbline failed or was",
      "interrupted, 1 NO-GO, 2 usage or not reachable, 3 inconclusive, 0 all GO."
    })
final class GridCommand implements Callable<Integer> {
  private static final int MAX_PARALLEL = 64;

  /** From good to bad. */
  private static final List<Integer> WORSE =
      List.of(
          ExitCode.GO.code(),
          ExitCode.INCONCLUSIVE.code(),
          ExitCode.USAGE.code(),
          ExitCode.NO_GO.code(),
          ExitCode.HARNESS_FAULT.code());

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The servers (default: servers.yaml here).")
  private Path file = Path.of(ServersFile.DEFAULT_NAME);

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many servers are judged at once (default: one for each processor).")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Mixin private final FleetOptions options = new FleetOptions();

  GridCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (parallel < 1 || parallel > MAX_PARALLEL) {
      throw new UsageException("--parallel: " + parallel + " is not from 1 to " + MAX_PARALLEL);
    }
    Servers servers = ServersFile.read(file);
    Entrants entrants = new Entrants(console, options, servers);
    InstantSource clock = InstantSource.system();
    Instant started = clock.instant();
    for (Servers.Server server : servers.servers()) {
      entrants.of(server, options.out); // every mistake is told before anything is made
    }
    Path root = FleetFolder.create(options.out, "grid", started);
    List<Entrant> all = new ArrayList<>();
    for (Servers.Server server : servers.servers()) {
      all.add(entrants.of(server, root));
    }
    try (Interruption interruption = Interruption.listen();
        FleetScreen screen =
            FleetScreen.on(
                options.json ? console.err() : console.out(),
                options.json ? console.errDisplay() : console.outDisplay(),
                clock,
                all.stream().map(Entrant::name).toList())) {
      List<Grid.Column> columns =
          new Fleet(root, parallel, clock, Version.text(), interruption::requested)
              .run(all, screen);
      boolean _ = Thread.interrupted();
      Grid grid = new Grid(Version.text(), entrants.seedText(), started, clock.instant(), columns);
      FleetFolder.write(root.resolve("grid.json"), Json.write(grid));
      FleetFolder.write(root.resolve("grid.html"), GridPage.render(grid));
      screen.close();
      int worst = worst(grid);
      if (options.json) {
        console.out().print(Json.write(GridJson.of(grid, worst, root)));
        console.out().flush();
      } else {
        console.out().println();
        console.out().println("         " + Paths.shown(root.resolve("grid.html")));
        console.out().flush();
      }
      return worst;
    }
  }

  private static int worst(Grid grid) {
    return grid.columns().stream()
        .map(Grid.Column::exitCode)
        .max(Comparator.comparingInt(WORSE::indexOf))
        .orElse(ExitCode.HARNESS_FAULT.code());
  }

  /**
   * The grid in short for machines; {@code grid.json} has everything.
   *
   * @param schema the version of this form
   * @param exitCode what the process ends with
   * @param folder where grid.html, grid.json and the bundles lie
   * @param seed the seed in hexadecimal
   * @param servers one for each server
   */
  private record GridJson(
      String schema, int exitCode, String folder, String seed, List<ServerJson> servers) {
    static GridJson of(Grid grid, int worst, Path root) {
      return new GridJson(
          "plumbline/grid-outcome/v1",
          worst,
          root.toAbsolutePath().toString(),
          grid.seed(),
          grid.columns().stream()
              .map(
                  c ->
                      new ServerJson(c.name(), c.decision(), c.exitCode(), c.problem(), c.report()))
              .toList());
    }
  }

  /** One server of it. */
  private record ServerJson(
      String name, String decision, int exitCode, String problem, String report) {}
}

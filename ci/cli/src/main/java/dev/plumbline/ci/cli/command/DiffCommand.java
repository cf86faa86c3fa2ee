package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.command.Sides.Side;
import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.config.Servers;
import dev.plumbline.ci.cli.config.ServersFile;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.fleet.Entrant;
import dev.plumbline.ci.cli.fleet.Fleet;
import dev.plumbline.ci.cli.fleet.FleetFolder;
import dev.plumbline.ci.cli.run.Interruption;
import dev.plumbline.ci.cli.terminal.FleetScreen;
import dev.plumbline.evidence.bundle.report.Comparison;
import dev.plumbline.evidence.bundle.report.DiffPage;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline diff [OPTIONS] A B",
    header = "Judge two servers, or two versions of one, by the same rules, side by side.",
    description = {
      "",
      "A and B are each a URL, the folder of a run that ended, bundled, mutant:NAME, or a name of",
      "the servers file; a command goes to --a-command or --b-command instead. What is not a folder",
      "is judged now, by the conformance suite, with one seed. A folder is verified offline first;",
      "its seed, consent and clauses then hold for the other side, too."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  plumbline diff http://127.0.0.1:3001/mcp http://127.0.0.1:3002/mcp",
      "  plumbline diff plumbline-out/RUN-OF-1.0 http://127.0.0.1:3002/mcp",
      "  plumbline diff --a-command 'node v1/server.js' --b-command 'node v2/server.js'",
      "  plumbline diff plumbline-out/RUN1 plumbline-out/RUN2 --key release.pub.pem",
      "",
      "Exit codes: 0 no clause got worse from A to B, 1 some did, 2 usage or not reachable,",
      "4 Plumbline failed or was interrupted."
    })
final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "A B", arity = "0..2", description = "What to compare: A, then B.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--a-command", paramLabel = "'CMD ARGS'", description = "A is this command.")
  private @Nullable String commandA;

  @Option(names = "--b-command", paramLabel = "'CMD ARGS'", description = "B is this command.")
  private @Nullable String commandB;

  @Option(
      names = "--servers",
      paramLabel = "FILE",
      description = "Named servers (default: servers.yaml here, when there is one).")
  private @Nullable Path servers;

  @Option(
      names = "--consent",
      paramLabel = "WHAT",
      description = "What may be done to servers that no file names (default: read-only).")
  private @Nullable String consent;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The signer's public key (PEM) of the folders; needed unless self-signed.")
  private @Nullable Path key;

  @Option(names = "--all", description = "Print every clause, not only what differs.")
  private boolean all;

  @Mixin private final FleetOptions options = new FleetOptions();

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Servers file = file();
    Side[] sides = sides(file);
    EndedRuns ended = new EndedRuns(key);
    List<Optional<Column>> known = new ArrayList<>();
    Optional<RunManifest> pattern = Optional.empty();
    List<String> only = List.of();
    for (Side side : sides) {
      known.add(side instanceof Side.Ended run ? Optional.of(ended.column(run)) : Optional.empty());
      if (side instanceof Side.Ended run && pattern.isEmpty()) {
        pattern = Optional.of(run.run().run());
        only = known.getLast().orElseThrow().checks().stream().map(CheckResult::id).toList();
      }
    }
    Long seed = pattern.map(run -> run.settings().seed()).orElse(null);
    Entrants entrants = new Entrants(console, options, file, seed);
    InstantSource clock = InstantSource.system();
    List<Entrant> live = new ArrayList<>();
    Path root = FleetFolder.create(options.out, "diff", clock.instant());
    for (Side side : sides) {
      if (side instanceof Side.Live(_, var server)) {
        live.add(entrants.of(EndedRuns.like(server, pattern, consent != null), root, only));
      }
    }
    List<Column> columns = judge(live, root, clock);
    int next = 0;
    Column[] both = new Column[2];
    for (int i = 0; i < both.length; i++) {
      both[i] =
          known.get(i).isPresent() ? known.get(i).get() : named(sides[i], columns.get(next++));
    }
    Comparison comparison = Comparison.of(ended.seeds(entrants.seedText()), both[0], both[1]);
    FleetFolder.write(root.resolve("diff.json"), Json.write(comparison));
    FleetFolder.write(root.resolve("diff.html"), DiffPage.render(comparison));
    if (options.json) {
      console.out().print(Json.write(comparison));
    } else {
      new DiffText(console, comparison).print(all, Paths.shown(root.resolve("diff.html")));
    }
    console.out().flush();
    return exitCode(comparison, both);
  }

  private static Column named(Side side, Column column) {
    return side instanceof Side.Live(var text, _) ? column.named(text) : column;
  }

  private List<Column> judge(List<Entrant> live, Path root, InstantSource clock) {
    if (live.isEmpty()) {
      return List.of();
    }
    try (Interruption interruption = Interruption.listen();
        FleetScreen screen =
            FleetScreen.on(
                options.json ? console.err() : console.out(),
                options.json ? console.errDisplay() : console.outDisplay(),
                clock,
                live.stream().map(Entrant::name).toList())) {
      // One after another: neither side may be slower for the other's sake.
      return new Fleet(root, 1, clock, Version.text(), interruption::requested).run(live, screen);
    }
  }

  private @Nullable Servers file() throws UsageException {
    if (servers != null) {
      return ServersFile.read(servers);
    }
    Path usual = Path.of(ServersFile.DEFAULT_NAME);
    return Files.exists(usual) ? ServersFile.read(usual) : null;
  }

  private Side[] sides(@Nullable Servers file) throws UsageException {
    ConsentGrant grant = consent == null ? ConsentGrant.DEFAULT : ConsentGrant.parse(consent);
    Sides sides = new Sides(file, grant);
    int wanted = (commandA == null ? 1 : 0) + (commandB == null ? 1 : 0);
    if (words.size() != wanted) {
      throw new UsageException(
          "diff compares two: "
              + (words.size() + 2 - wanted)
              + " are named; see plumbline diff --help");
    }
    Side a = commandA == null ? sides.word("A", words.getFirst()) : sides.command("A", commandA);
    Side b = commandB == null ? sides.word("B", words.getLast()) : sides.command("B", commandB);
    return new Side[] {a, b};
  }

  private static int exitCode(Comparison comparison, Column... both) {
    for (Column column : both) {
      if (!column.problem().isEmpty()) {
        return column.exitCode();
      }
    }
    boolean fault =
        java.util.stream.Stream.of(both)
            .anyMatch(c -> c.exitCode() == ExitCode.HARNESS_FAULT.code());
    return fault
        ? ExitCode.HARNESS_FAULT.code()
        : comparison.count(Comparison.Change.WORSE) > 0
            ? ExitCode.NO_GO.code()
            : ExitCode.GO.code();
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.requirement.BuildReports;
import dev.plumbline.ci.cli.requirement.Requirement;
import dev.plumbline.ci.cli.requirement.Requirements;
import dev.plumbline.ci.cli.requirement.RunFigures;
import dev.plumbline.ci.cli.requirement.Traced;
import dev.plumbline.ci.cli.requirement.Tracer;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline requirements}. */
@Command(
    name = "requirements",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Show what each requirement of the reliability core is shown by, with its figures.",
    description = {
      "",
      "Beside every requirement: the demands, objectives, clauses, failure modes, gates and tests",
      "that show it, and what the runs measured. Figures of runs are read from their folders,",
      "numbers of tests and lines from the reports of the last mvn verify."
    },
    parameterListHeading = "%nRuns:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Figures are read as they lie there; plumbline evidence verify tells whether they were signed.",
      "Exit codes: 0 nothing that was run missed a requirement, 1 something did, 2 usage."
    })
final class RequirementsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN-FOLDER",
      description =
          "Read these runs, the newest last. Without: all of plumbline-out, of every check the newest.")
  private List<Path> folders = List.of();

  @Option(
      names = "--build",
      paramLabel = "PATH",
      description = "The checkout whose reports of tests are read; default: this one.")
  private Path build = Installation.current().home();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ID",
      description = "Show these only, for example R157,R160.")
  private List<String> only = List.of();

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  RequirementsCommand(Console console) {
    this.console = console;
  }

  /**
   * The trace for machines.
   *
   * @param schema the version of this form
   * @param runs the runs that were read, oldest first
   * @param requirements all that were asked for
   */
  private record TraceJson(String schema, List<String> runs, List<Traced> requirements) {}

  @Override
  public Integer call() throws HarnessException, UsageException {
    List<Requirement> all = Requirements.load();
    for (String id : only) {
      if (all.stream().noneMatch(one -> one.id().equals(id))) {
        throw new UsageException(
            "--only: there is no " + id + "; the first is R001, the last R232");
      }
    }
    RunFigures runs = runs();
    List<Traced> traced =
        new Tracer(runs, reports())
            .trace(all.stream().filter(one -> only.isEmpty() || only.contains(one.id())).toList());
    if (json) {
      console
          .out()
          .print(Json.write(new TraceJson("plumbline/requirement-trace/v1", runs.runs(), traced)));
    } else {
      new TraceText(console).print(runs.runs(), traced);
    }
    boolean missed = traced.stream().anyMatch(one -> one.state() == Traced.State.MISSED);
    return (missed ? ExitCode.NO_GO : ExitCode.GO).code();
  }

  private RunFigures runs() throws UsageException {
    RunFigures runs = new RunFigures();
    try {
      for (Path folder : folders.isEmpty() ? RunFigures.below(Path.of("plumbline-out")) : folders) {
        if (!Files.isDirectory(folder)) {
          throw new UsageException(folder + " is not the folder of a run");
        }
        runs.read(folder);
      }
      return runs;
    } catch (IOException e) {
      throw new UsageException("the run cannot be read: " + e.getMessage(), e);
    }
  }

  private BuildReports reports() throws UsageException {
    if (!Files.isDirectory(build)) {
      throw new UsageException("--build: " + build + " is not a folder");
    }
    try {
      return BuildReports.below(build);
    } catch (IOException e) {
      throw new UsageException("--build: " + e.getMessage(), e);
    }
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.evidence.model.Suite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that judge a target have in common; they differ in the suites they run. */
abstract sealed class SuiteCommand implements Callable<Integer>
    permits VerifyCommand, ConformanceCommand, ChaosCommand, PerfCommand, ReliabilityCommand {
  private final Console console;
  private final List<Suite> suites;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final RunOptions run = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  SuiteCommand(Console console, List<Suite> suites) {
    this.console = console;
    this.suites = List.copyOf(suites);
  }

  @Override
  public final Integer call() throws Exception {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    RunRequest request = new Requests(console, target, run, arguments).resolve(suites);
    return run.dryRun()
        ? new DryRun(console).run(request, run.json())
        : new Judgement(console, spec.name()).run(request, run.json());
  }
}

package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline repro}: what can be done with failures that were found. */
@Command(
    name = "repro",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Replay, list, accept and close failures.")
final class ReproCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "repro needs a command: run, list, keep, fix, accept, audit");
  }
}

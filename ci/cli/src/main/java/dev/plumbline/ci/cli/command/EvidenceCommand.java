package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline evidence}: what can be done with a finished bundle. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Work with the bundle of a finished run, and sign single files.")
final class EvidenceCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "evidence needs a command: verify, sign or check");
  }
}

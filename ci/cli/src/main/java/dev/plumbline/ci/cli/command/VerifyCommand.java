package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;

/** {@code plumbline verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline verify [OPTIONS] [--url URL | -- SERVER-COMMAND ARGS...]",
    header = "Judge a server with every suite and sign the decision.",
    parameterListHeading = "%nServer:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Without --url and without a command the bundled server is judged; everything is allowed there.",
      "Settings may stand in plumbline.yaml; the command line wins.",
      "Exit codes: 0 GO, 1 NO-GO, 2 usage, 3 inconclusive, 4 Plumbline failed or was interrupted."
    })
final class VerifyCommand extends SuiteCommand {
  VerifyCommand(Console console) {
    super(console, CommandLines.allSuites());
  }
}

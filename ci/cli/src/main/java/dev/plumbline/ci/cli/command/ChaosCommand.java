package dev.plumbline.ci.cli.command;

import dev.plumbline.evidence.model.Suite;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plumbline chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline chaos [OPTIONS] [--url URL | -- SERVER-COMMAND ARGS...]",
    header = "Judge only how a server stands faults.",
    parameterListHeading = "%nServer:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Without --url and without a command the bundled server is judged; everything is allowed there.",
      "Settings may stand in plumbline.yaml; the command line wins.",
      "Exit codes: 0 GO, 1 NO-GO, 2 usage, 3 inconclusive, 4 Plumbline failed or was interrupted."
    })
final class ChaosCommand extends SuiteCommand {
  ChaosCommand(Console console) {
    super(console, List.of(Suite.CHAOS));
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.evidence.model.Suite;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plumbline perf}. */
@Command(
    name = "perf",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline perf [OPTIONS] [--url URL | -- SERVER-COMMAND ARGS...]",
    header = "Judge only how a server bears load.",
    parameterListHeading = "%nServer:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Without --url and without a command the bundled server is judged; everything is allowed there.",
      "Settings may stand in plumbline.yaml; the command line wins.",
      "Exit codes: 0 GO, 1 NO-GO, 2 usage, 3 inconclusive, 4 Plumbline failed or was interrupted."
    })
final class PerfCommand extends SuiteCommand {
  PerfCommand(Console console) {
    super(console, List.of(Suite.PERF));
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.evidence.model.Suite;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plumbline reliability}. */
@Command(
    name = "reliability",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis = "Usage: plumbline reliability [OPTIONS] [--parts PART,...]",
    header = "Measure only the reliability core of the bundled server.",
    parameterListHeading = "%nServer:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Parts: tables, ids, registry, control, costs, large, connections, container, handshake,",
      "isolation, crash, attacks, handover, throughput, overload-cheap, overload-work; all of them",
      "unless --parts names some. Their sizes follow the profile.",
      "Settings may stand in plumbline.yaml; the command line wins.",
      "Exit codes: 0 GO, 1 NO-GO, 2 usage, 3 inconclusive, 4 Plumbline failed or was interrupted."
    })
final class ReliabilityCommand extends SuiteCommand {
  ReliabilityCommand(Console console) {
    super(console, List.of(Suite.RELIABILITY));
  }
}

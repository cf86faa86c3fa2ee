package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;

/** {@code plumbline inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis =
        "Usage: plumbline inspect [OPTIONS] URL%n       plumbline inspect [OPTIONS] -- SERVER-COMMAND ARGS...",
    header = "Show what a server is and offers, readably.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "URL: http, https, tcp://HOST:PORT, ws or wss; or a command that speaks over stdio after --.",
      "Exit codes: 0 shown, 2 usage or unreachable."
    })
final class InspectCommand extends ClientCommand {}

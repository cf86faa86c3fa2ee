package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;

/** {@code plumbline call}. */
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisHeading = "%n",
    customSynopsis =
        "Usage: plumbline call [OPTIONS] URL TOOL ['{\"ARGUMENT\":VALUE}']%n       plumbline call [OPTIONS] TOOL ['{...}'] -- SERVER-COMMAND ARGS...",
    header = "Call one tool of a server and show what it gave.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "URL: http, https, tcp://HOST:PORT, ws or wss; or a command that speaks over stdio after --.",
      "Exit codes: 0 answered, 1 the tool reported an error, 2 usage or unreachable."
    })
final class CallCommand extends ClientCommand {}

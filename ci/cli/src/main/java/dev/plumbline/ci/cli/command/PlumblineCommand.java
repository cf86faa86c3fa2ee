package dev.plumbline.ci.cli.command;

import picocli.CommandLine.Command;

/** The program itself: names its commands and teaches the first steps. */
@Command(
    name = "plumbline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisHeading = "",
    customSynopsis = "Usage: plumbline COMMAND [OPTIONS] [-- SERVER-COMMAND ARGS...]",
    description = {
      "",
      "Judges whether an MCP server is fit to ship: checks the protocol, injects faults,",
      "applies load, and signs a GO or NO-GO with the evidence that proves it."
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  plumbline verify                              judge the bundled server; ends with GO",
      "  plumbline verify -- node dist/server.js       judge a server that speaks over stdio",
      "  plumbline verify --url http://127.0.0.1:8080/mcp",
      "                                                judge a server that speaks HTTP",
      "  plumbline evidence verify plumbline-out/RUN --key release.pub.pem",
      "                                                check a bundle, offline",
      "",
      "Exit codes: 0 GO, 1 NO-GO, 2 usage, 3 inconclusive, 4 Plumbline failed or was interrupted."
    })
final class PlumblineCommand {}

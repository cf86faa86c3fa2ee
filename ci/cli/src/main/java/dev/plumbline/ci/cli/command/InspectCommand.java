package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.Foreground;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class InspectCommand implements Callable<Integer> {
  @Mixin private final ClientOptions client = new ClientOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws HarnessException, InterruptedException {
    return Foreground.run(
        Installation.current(),
        Foreground.CLIENT,
        ClientOptions.line("inspect", client, words, spec.commandLine().getParseResult()));
  }
}

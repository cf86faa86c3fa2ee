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
final class CallCommand implements Callable<Integer> {
  @Mixin private final ClientOptions client = new ClientOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws HarnessException, InterruptedException {
    return Foreground.run(
        Installation.current(),
        Foreground.CLIENT,
        ClientOptions.line("call", client, words, spec.commandLine().getParseResult()));
  }
}

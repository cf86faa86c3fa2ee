package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.Foreground;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command of the bundled client, which knows it by the same name. */
abstract sealed class ClientCommand implements Callable<Integer>
    permits CallCommand, InspectCommand {
  @Mixin private final ClientOptions client = new ClientOptions();

  @Parameters(arity = "0..*", hidden = true)
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws HarnessException, InterruptedException {
    return Foreground.run(Installation.current(), Foreground.CLIENT, line());
  }

  /** The client's command line: what was typed, with what belongs to a server's command apart. */
  private List<String> line() {
    List<String> line = new ArrayList<>(List.of(spec.name()));
    line.addAll(client.arguments());
    List<String> typed = spec.commandLine().getParseResult().originalArgs();
    int separator = typed.indexOf("--");
    int after = separator < 0 ? 0 : typed.size() - separator - 1;
    line.addAll(words.subList(0, words.size() - after));
    if (separator >= 0) {
      line.add("--");
      line.addAll(words.subList(words.size() - after, words.size()));
    }
    return line;
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.Foreground;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline machines}. */
@Command(
    name = "machines",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Print the state machines of the bundled server and client.")
final class MachinesCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, mermaid (state diagrams) or markdown (a page); default: text.")
  private String form = "text";

  @Override
  public Integer call() throws HarnessException, InterruptedException {
    return Foreground.run(Installation.current(), Foreground.SERVER, List.of("--machines", form));
  }
}

package dev.plumbline.ci.cli.command;

import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.evidence.model.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code plumbline ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "List the clauses of the protocol that are judged.")
final class LedgerCommand implements Callable<Integer> {
  private final Console console;

  LedgerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    for (Rule rule : Rules.all()) {
      console.out().println(rule.clause());
    }
    return ExitCode.GO.code();
  }
}

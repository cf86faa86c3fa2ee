package dev.plumbline.ci.cli.command;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Names;
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
  public Integer call() throws HarnessException {
    for (Clause clause : Ledger.load().ruled()) {
      String page = clause.page() + "#" + clause.anchor();
      console.out().println(" " + clause.id() + "  " + Names.toId(clause.level()) + "  " + page);
      console.out().println("           " + console.outDisplay().line(clause.statement()));
    }
    return ExitCode.GO.code();
  }
}

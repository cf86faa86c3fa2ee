package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Coverage;
import dev.plumbline.conformance.ledger.Drift;
import dev.plumbline.conformance.ledger.Exclusion;
import dev.plumbline.evidence.model.Names;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ledger for people. */
final class LedgerText {
  private final Console console;

  LedgerText(Console console) {
    this.console = console;
  }

  /** A clause in two lines: what it asks, and who judges it or why nobody does. */
  void clause(Clause clause) {
    print(" " + clause.id() + "  " + Names.toId(clause.level()) + "  " + clause.citation());
    print("           " + clause.statement());
    Exclusion exclusion = clause.exclusion();
    print(
        exclusion == null
            ? "           judged by " + clause.rule()
            : "           " + exclusion.reason() + "; testable by: " + exclusion.testableBy());
  }

  /** The table of counts and the reasons below it. */
  void coverage(Coverage coverage) {
    row("revision", "binds", "level", "clauses", "ruled", "no rule yet", "excluded");
    for (Coverage.Row row : coverage.rows()) {
      row(
          row.revision(),
          Names.toId(row.actor()),
          Names.toId(row.level()),
          row.clauses(),
          row.ruled(),
          row.unruled(),
          row.excluded());
    }
    print("");
    for (Coverage.Testable sum : coverage.testable()) {
      print(
          " %-10s  %d clauses; testable on a server: MUST %d, ruled %d; SHOULD %d, ruled %d"
              .formatted(
                  sum.revision(),
                  sum.clauses(),
                  sum.must(),
                  sum.mustRuled(),
                  sum.should(),
                  sum.shouldRuled()));
    }
    for (Map.Entry<String, Map<String, Integer>> kinds : coverage.exclusions().entrySet()) {
      print("");
      print(" " + kinds.getKey() + " without a rule, because");
      kinds.getValue().forEach((kind, count) -> print("   %5d  %s".formatted(count, kind)));
    }
  }

  private void row(Object... cells) {
    print(String.format(Locale.ROOT, " %-10s  %-20s  %-10s %7s  %5s  %11s  %8s", cells));
  }

  /** What differs from the checkout, and how much does not. */
  void drift(Drift drift) {
    clauses("changed", "a new sentence stands where its own stood", drift.changed());
    clauses("gone   ", "its sentence is no longer on the page", drift.gone());
    clauses("moved  ", "its sentence stands under another heading", drift.moved());
    for (Drift.Uncovered uncovered : drift.uncovered()) {
      var sentence = uncovered.sentence();
      print(" new      " + uncovered.page() + "#" + sentence.anchor() + "  " + sentence.digest());
      print("          " + sentence.text());
    }
    if (!drift.absent().isEmpty()) {
      String pages =
          drift.absent().stream().map(Clause::page).distinct().collect(Collectors.joining(", "));
      print(" absent   " + drift.absent().size() + " not compared, no such page: " + pages);
    }
    print(
        " %d unchanged, %d changed, %d gone, %d moved, %d new"
            .formatted(
                drift.unchanged(),
                drift.changed().size(),
                drift.gone().size(),
                drift.moved().size(),
                drift.uncovered().size()));
  }

  private void clauses(String what, String why, List<Clause> clauses) {
    for (Clause clause : clauses) {
      print(" " + what + "  " + clause.id() + "  " + clause.citation() + "  " + why);
    }
  }

  /** Words joined by spaces, without what could steer a terminal. */
  static String words(Stream<String> words) {
    return words.map(SafeText::of).collect(Collectors.joining(" "));
  }

  private void print(String line) {
    console.out().println(console.outDisplay().line(SafeText.of(line)));
  }
}

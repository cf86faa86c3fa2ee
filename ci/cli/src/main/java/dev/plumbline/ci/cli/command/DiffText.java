package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.terminal.Line;
import dev.plumbline.ci.cli.terminal.Tone;
import dev.plumbline.evidence.bundle.report.Comparison;
import dev.plumbline.evidence.bundle.report.Comparison.Change;
import dev.plumbline.evidence.bundle.report.Comparison.Row;
import dev.plumbline.evidence.bundle.report.Comparison.Side;
import java.nio.file.Path;

/** A comparison as lines: three for each clause that differs. */
final class DiffText {
  private static final int ID_WIDTH = 10;
  private static final int WORD_WIDTH = 11;

  private final Console console;
  private final Comparison comparison;

  DiffText(Console console, Comparison comparison) {
    this.console = console;
    this.comparison = comparison;
  }

  /**
   * Prints.
   *
   * @param all also what does not differ
   * @param page the same for people
   */
  void print(boolean all, Path page) {
    side("A", comparison.a());
    side("B", comparison.b());
    print(new Line());
    comparison.rows().stream().filter(row -> all || row.change() != Change.SAME).forEach(this::row);
    print(
        new Line()
            .add(
                " "
                    + comparison.count(Change.WORSE)
                    + " worse   "
                    + comparison.count(Change.BETTER)
                    + " better   "
                    + comparison.count(Change.OTHER)
                    + " otherwise   "
                    + comparison.count(Change.SAME)
                    + " the same   seed "
                    + comparison.seed()));
    console.out().println("         " + page);
  }

  private void side(String letter, Side side) {
    print(
        new Line()
            .add(" " + letter + "        ", Tone.QUIET)
            .add(side.name() + " · " + side.decision())
            .add(side.problem().isEmpty() ? "" : " · " + side.problem()));
  }

  private void row(Row row) {
    if (row.change() == Change.SAME) {
      print(head(row).add(row.saidOfA(), Tone.QUIET));
      return;
    }
    print(head(row).add(row.title()));
    print(new Line().add("   A        ", Tone.QUIET).add(row.saidOfA()));
    print(new Line().add("   B        ", Tone.QUIET).add(row.saidOfB()));
  }

  private static Line head(Row row) {
    return new Line()
        .add(" ")
        .pad(row.clause(), ID_WIDTH, Tone.PLAIN)
        .pad(word(row.change()), WORD_WIDTH, tone(row.change()));
  }

  private static String word(Change change) {
    return switch (change) {
      case WORSE -> "worse";
      case BETTER -> "better";
      case OTHER -> "otherwise";
      case SAME -> "the same";
    };
  }

  private static Tone tone(Change change) {
    return switch (change) {
      case WORSE -> Tone.BAD;
      case BETTER -> Tone.GOOD;
      case OTHER -> Tone.UNSURE;
      case SAME -> Tone.QUIET;
    };
  }

  private void print(Line line) {
    console.out().println(line.render(console.outDisplay()));
  }
}

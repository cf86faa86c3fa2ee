package dev.plumbline.ci.cli.terminal;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.ToIntBiFunction;

/** For files, pipes and build logs: every line is printed once, when it is true. */
final class PlainScreen extends Screen {
  /** How often a suite tells how far it is: at each quarter. */
  private static final int STEPS = 4;

  private int printedDetails;
  private int printedStep;

  PlainScreen(
      PrintStream out,
      Display display,
      InstantSource clock,
      ToIntBiFunction<Suite, CheckResult> numbers) {
    super(out, display, clock, numbers);
  }

  @Override
  void begin(Suite suite) {
    printedDetails = 0;
    printedStep = 0;
  }

  @Override
  void changed(Board board) {
    while (printedDetails < board.details().size()) {
      print(board.details().get(printedDetails));
      printedDetails++;
    }
    int step = board.planned() == 0 ? 0 : board.done() * STEPS / board.planned();
    if (step > printedStep && step < STEPS) {
      printedStep = step;
      print(board.headline(elapsed(), false, false));
    }
  }

  @Override
  void end(Board board) {
    changed(board);
    print(board.headline(elapsed(), false, true));
  }
}

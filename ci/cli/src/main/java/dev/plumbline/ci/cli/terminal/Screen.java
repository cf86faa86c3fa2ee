package dev.plumbline.ci.cli.terminal;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.Suite;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run as it goes. Both forms print the same lines; they differ in whether a line is painted
 * over while its suite runs ({@link LiveScreen}) or printed once ({@link PlainScreen}).
 */
public abstract sealed class Screen implements Progress, AutoCloseable
    permits LiveScreen, PlainScreen {
  private static final int HEADING_WIDTH = 9;

  final PrintStream out;
  final Display display;
  private final InstantSource clock;
  private final ToIntBiFunction<Suite, CheckResult> numbers;
  private @Nullable Board board;
  private Instant suiteStarted = Instant.EPOCH;

  Screen(
      PrintStream out,
      Display display,
      InstantSource clock,
      ToIntBiFunction<Suite, CheckResult> numbers) {
    this.numbers = numbers;
    this.out = out;
    this.display = display;
    this.clock = clock;
  }

  /** The screen that suits the display. */
  public static Screen on(PrintStream out, Display display, InstantSource clock) {
    return on(out, display, clock, (suite, check) -> 0);
  }

  /**
   * The same, telling the number of the reproducer of each failure.
   *
   * @param numbers from a failed check to its number; 0 for none
   */
  public static Screen on(
      PrintStream out,
      Display display,
      InstantSource clock,
      ToIntBiFunction<Suite, CheckResult> numbers) {
    return display.live()
        ? new LiveScreen(out, display, clock, numbers)
        : new PlainScreen(out, display, clock, numbers);
  }

  /** A line of what is known before anything runs: target, plan. */
  public final synchronized void heading(String label, String text) {
    print(new Line().add(" ").pad(label, HEADING_WIDTH, Tone.QUIET).add(text));
  }

  /** An empty line between blocks. */
  public final synchronized void gap() {
    out.println();
    out.flush();
  }

  /** A suite begins. */
  public final synchronized void suiteStarted(Suite suite) {
    board = new Board(suite, display, numbers);
    suiteStarted = clock.instant();
    begin(suite);
  }

  /** The suite that began last is over, or was cut short. */
  public final synchronized void suiteEnded() {
    Board ended = board;
    if (ended != null) {
      end(ended);
      board = null;
    }
  }

  /**
   * The end of the run.
   *
   * @param go whether the target is fit to ship
   * @param word what is printed large: {@code GO}, {@code NO-GO}, {@code INCONCLUSIVE}
   * @param reasons why, most weighty first
   * @param next where to look and what to type next
   */
  public final synchronized void verdict(
      boolean go, String word, List<String> reasons, List<String> next) {
    suiteEnded();
    out.println();
    int indent = Math.max(HEADING_WIDTH - 1, word.length() + 2);
    String blank = " ".repeat(indent + 1);
    Line first = new Line().add(" ").pad(word, indent, go ? Tone.GO : Tone.NO_GO);
    for (int i = 0; i < reasons.size(); i++) {
      for (String row : wrap(reasons.get(i), indent + 1)) {
        print((first != null ? first : new Line().add(blank)).add(row));
        first = null;
      }
    }
    if (first != null) {
      print(first);
    }
    for (String line : next) {
      // Printed whole: a path or a command that is cut cannot be copied.
      out.println(blank + display.glyphs().adapt(SafeText.of(line)));
    }
    out.flush();
  }

  @Override
  public final synchronized void planned(Suite suite, int checks, int skipped) {
    if (board != null) {
      board.planned(checks);
      changed(board);
    }
  }

  @Override
  public final synchronized void started(Suite suite, String id, String title) {
    if (board != null) {
      board.started(id);
      changed(board);
    }
  }

  @Override
  public final synchronized void finished(Suite suite, CheckResult result) {
    if (board != null) {
      board.finished(result);
      changed(board);
    }
  }

  @Override
  public final synchronized void note(Suite suite, String text) {
    if (board != null) {
      board.note(text);
      changed(board);
    }
  }

  /** Ends painting; the screen stays readable. */
  @Override
  public synchronized void close() {
    suiteEnded();
    out.flush();
  }

  abstract void begin(Suite suite);

  abstract void changed(Board board);

  abstract void end(Board board);

  final @Nullable Board board() {
    return board;
  }

  final Duration elapsed() {
    return Duration.between(suiteStarted, clock.instant());
  }

  final void print(Line line) {
    out.println(line.render(display));
    out.flush();
  }

  private List<String> wrap(String text, int indent) {
    int width = display.live() ? Math.max(20, display.columns() - 1 - indent) : Integer.MAX_VALUE;
    return Wrapping.wrap(SafeText.of(text), width);
  }
}

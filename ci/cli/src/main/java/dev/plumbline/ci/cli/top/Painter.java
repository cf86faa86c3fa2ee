package dev.plumbline.ci.cli.top;

import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.ci.cli.terminal.Line;
import java.io.PrintStream;
import java.util.List;

/**
 * Paints frame over frame on a page of its own: every line is overwritten where it stands and only
 * the rest of it is cleared, in one write, so that nothing flickers. Gives the terminal back as it
 * was.
 */
final class Painter implements AutoCloseable {
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private boolean entered;

  Painter(PrintStream out) {
    this.out = out;
  }

  /**
   * Paints a frame.
   *
   * @param rows how many the window has; what does not fit is left out
   */
  synchronized void paint(List<Line> lines, Display display, int rows) {
    StringBuilder frame = new StringBuilder();
    if (!entered) {
      entered = true;
      frame.append(ENTER);
    }
    frame.append(HOME);
    int shown = Math.min(lines.size(), Math.max(1, rows - 1));
    for (Line line : lines.subList(0, shown)) {
      frame.append(line.render(display)).append(CLEAR_LINE).append('\n');
    }
    out.print(frame.append(CLEAR_BELOW));
    out.flush();
  }

  /** The terminal is the user's again. */
  @Override
  public synchronized void close() {
    if (entered) {
      entered = false;
      out.print(LEAVE);
      out.flush();
    }
  }
}

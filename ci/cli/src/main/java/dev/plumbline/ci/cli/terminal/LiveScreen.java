package dev.plumbline.ci.cli.terminal;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;

/** For terminals: the block of the running suite is painted over in place. */
final class LiveScreen extends Screen {
  /** As often as the elapsed seconds change: painting takes time from the load generator. */
  private static final int REFRESH_MILLIS = 1_000;

  /** More would scroll the bar out of a small window, where it could not be painted over. */
  private static final int MAX_LIVE_DETAILS = 12;

  private static final int MAX_FINAL_DETAILS = 40;
  private static final String CLEAR_BELOW = "\r\u001b[J";

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("screen").factory());
  private int paintedRows;

  @SuppressWarnings("FutureReturnValueIgnored") // repaint cannot throw; close ends the ticker
  LiveScreen(
      PrintStream out,
      Display display,
      InstantSource clock,
      ToIntBiFunction<Suite, CheckResult> numbers) {
    super(out, display, clock, numbers);
    ticker.scheduleWithFixedDelay(
        this::repaint, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  void begin(Suite suite) {
    paintedRows = 0;
    repaint();
  }

  @Override
  void changed(Board board) {
    repaint();
  }

  @Override
  void end(Board board) {
    paint(board, true, MAX_FINAL_DETAILS);
    paintedRows = 0;
  }

  @Override
  public synchronized void close() {
    ticker.shutdownNow();
    super.close();
  }

  private synchronized void repaint() {
    Board board = board();
    if (board != null) {
      paint(board, false, MAX_LIVE_DETAILS);
    }
  }

  private void paint(Board board, boolean ended, int maxDetails) {
    StringBuilder frame = new StringBuilder();
    if (paintedRows > 0) {
      frame.append("\u001b[").append(paintedRows).append('A');
    }
    frame.append(CLEAR_BELOW);
    List<Line> details = board.details();
    int shown = Math.min(details.size(), maxDetails);
    frame.append(board.headline(elapsed(), true, ended).render(display)).append('\n');
    for (Line line : details.subList(0, shown)) {
      frame.append(line.render(display)).append('\n');
    }
    paintedRows = 1 + shown;
    if (shown < details.size()) {
      String more = "   … and " + (details.size() - shown) + " more, all in the report";
      frame.append(new Line().add(more, Tone.QUIET).render(display)).append('\n');
      paintedRows++;
    }
    out.print(frame);
    out.flush();
  }
}

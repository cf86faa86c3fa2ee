package dev.plumbline.ci.cli.terminal;

import dev.plumbline.ci.cli.fleet.FleetListener;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line for each server: painted over while it runs where lines can be, printed once when it has
 * ended elsewhere.
 */
public final class FleetScreen implements FleetListener, AutoCloseable {
  private static final int REFRESH_MILLIS = 1_000;
  private static final int MAX_NAME = 32;
  private static final int WORD_WIDTH = 15;

  private final PrintStream out;
  private final Display display;
  private final InstantSource clock;
  private final List<Row> rows = new ArrayList<>();
  private final @Nullable ScheduledExecutorService ticker;
  private final int nameWidth;
  private int painted;
  private boolean closed;

  /** How far one server is. */
  private static final class Row {
    private final String name;
    private @Nullable Instant started;
    private @Nullable Column column;
    private int planned;
    private int judged;
    private int failed;

    private Row(String name) {
      this.name = name;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // paint cannot throw; close ends the ticker
  private FleetScreen(PrintStream out, Display display, InstantSource clock, List<String> names) {
    this.out = out;
    this.display = display;
    this.clock = clock;
    names.forEach(name -> rows.add(new Row(name)));
    this.nameWidth =
        Math.min(MAX_NAME, names.stream().mapToInt(String::length).max().orElse(0)) + 1;
    this.ticker =
        display.live()
            ? Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("screen").factory())
            : null;
    if (ticker != null) {
      ticker.scheduleWithFixedDelay(
          this::paint, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A screen for these servers. */
  public static FleetScreen on(
      PrintStream out, Display display, InstantSource clock, List<String> names) {
    return new FleetScreen(out, display, clock, names);
  }

  @Override
  public synchronized void started(int server) {
    rows.get(server).started = clock.instant();
  }

  @Override
  public synchronized void planned(int server, int clauses) {
    rows.get(server).planned = clauses;
  }

  @Override
  public synchronized void judged(int server, CheckResult result) {
    Row row = rows.get(server);
    row.judged++;
    row.failed += result.verdict() instanceof Verdict.Fail ? 1 : 0;
  }

  @Override
  public synchronized void ended(int server, Column column) {
    Row row = rows.get(server);
    row.column = column;
    if (ticker == null) {
      out.println(line(row).render(display));
      out.flush();
    }
  }

  private synchronized void paint() {
    if (closed) {
      return;
    }
    StringBuilder frame = new StringBuilder();
    if (painted > 0) {
      frame.append("\u001b[").append(painted).append('A');
    }
    frame.append("\r\u001b[J");
    rows.forEach(row -> frame.append(line(row).render(display)).append('\n'));
    painted = rows.size();
    out.print(frame);
    out.flush();
  }

  private Line line(Row row) {
    Line line = new Line().add(" ").pad(row.name, nameWidth, Tone.PLAIN);
    Column column = row.column;
    if (column != null) {
      line.pad(column.decision(), WORD_WIDTH, tone(column.decision()));
      return column.checks().isEmpty()
          ? line.add(column.problem(), Tone.QUIET)
          : line.add(tally(column))
              .add("   " + Durations.text(Duration.ofMillis(column.millis())), Tone.QUIET)
              .add(column.problem().isEmpty() ? "" : "   " + column.problem());
    }
    Instant since = row.started;
    if (since == null) {
      return line.add("waiting", Tone.QUIET);
    }
    String far =
        row.planned == 0
            ? "asking"
            : row.judged
                + "/"
                + row.planned
                + (row.failed == 0 ? "" : "   " + row.failed + " fail");
    return line.pad(far, WORD_WIDTH, Tone.PLAIN)
        .add(Durations.text(Duration.between(since, clock.instant())), Tone.QUIET);
  }

  private static String tally(Column column) {
    long unseen = column.count(Verdict.NotObserved.class);
    return column.count(Verdict.Pass.class)
        + " pass   "
        + column.count(Verdict.Fail.class)
        + " fail"
        + (unseen == 0 ? "" : "   " + unseen + " not observed");
  }

  private static Tone tone(String decision) {
    return switch (decision) {
      case "GO" -> Tone.GO;
      case "NO-GO" -> Tone.NO_GO;
      default -> Tone.UNSURE;
    };
  }

  /** Paints a last time; the table stays readable. */
  @Override
  public synchronized void close() {
    if (ticker != null && !closed) {
      ticker.shutdownNow();
      paint();
    }
    closed = true;
    out.flush();
  }
}

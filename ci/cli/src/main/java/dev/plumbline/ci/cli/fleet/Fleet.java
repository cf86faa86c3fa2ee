package dev.plumbline.ci.cli.fleet;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.ci.cli.run.Debug;
import dev.plumbline.ci.cli.run.Run;
import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Runs several servers at once, never more than so many. What happens to one is its own column and
 * ends none of the others.
 */
public final class Fleet {
  /** How long runs may take to write down what they have once they are told to stop. */
  private static final Duration GRACE = Duration.ofSeconds(7);

  private final Path root;
  private final int parallel;
  private final InstantSource clock;
  private final String harness;
  private final BooleanSupplier stopping;

  /**
   * @param root what reports are told relative to
   * @param parallel how many run at once, at least 1
   * @param harness Plumbline's own version
   * @param stopping whether the user asked to stop
   */
  public Fleet(
      Path root, int parallel, InstantSource clock, String harness, BooleanSupplier stopping) {
    this.root = root;
    this.parallel = parallel;
    this.clock = clock;
    this.harness = harness;
    this.stopping = stopping;
  }

  /** Runs all; a column for each, in order. When told to stop, what ended until then. */
  public List<Column> run(List<Entrant> entrants, FleetListener listener) {
    List<Future<Column>> futures = new ArrayList<>();
    try (ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fleet-watch").factory());
        ExecutorService workers =
            Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("fleet-", 0).factory())) {
      for (int i = 0; i < entrants.size(); i++) {
        int server = i;
        Entrant entrant = entrants.get(i);
        futures.add(workers.submit(() -> column(server, entrant, listener, watch)));
      }
      workers.shutdown();
      try {
        // Each run is bounded by its own timeout, so all together are.
        boolean _ = workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        workers.shutdownNow();
        awaitLast(workers);
      }
      watch.shutdownNow();
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      columns.add(told(entrants.get(i), futures.get(i)));
    }
    return columns;
  }

  private static void awaitLast(ExecutorService workers) {
    try {
      boolean _ = workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Column told(Entrant entrant, Future<Column> future) {
    if (future.state() == Future.State.SUCCESS) {
      return future.resultNow();
    }
    Throwable why = future.state() == Future.State.FAILED ? future.exceptionNow() : null;
    return failed(
        entrant,
        "INCOMPLETE",
        ExitCode.HARNESS_FAULT,
        why == null ? "interrupted before it began" : Causes.oneLine(why),
        0);
  }

  private Column column(
      int server, Entrant entrant, FleetListener listener, ScheduledExecutorService watch) {
    listener.started(server);
    Instant begun = clock.instant();
    AtomicBoolean late = new AtomicBoolean();
    Thread worker = Thread.currentThread();
    Future<?> alarm =
        watch.schedule(
            () -> {
              late.set(true);
              worker.interrupt();
            },
            entrant.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
    Column column;
    try {
      RunOutcome outcome =
          new Run(
                  entrant.request(),
                  new Ear(server, listener),
                  clock,
                  harness,
                  () -> late.get() || stopping.getAsBoolean())
              .execute();
      column = told(entrant, outcome, late.get(), since(begun));
    } catch (TargetException | UsageException e) {
      Debug.trace(e);
      column = failed(entrant, "NOT REACHABLE", ExitCode.USAGE, Causes.oneLine(e), since(begun));
    } catch (HarnessException | RuntimeException e) {
      Debug.trace(e);
      String why = late.get() ? tooLong(entrant) : Causes.oneLine(e);
      column = failed(entrant, "HARNESS FAULT", ExitCode.HARNESS_FAULT, why, since(begun));
    } finally {
      alarm.cancel(false);
      boolean _ = Thread.interrupted();
    }
    listener.ended(server, column);
    return column;
  }

  private long since(Instant begun) {
    return Duration.between(begun, clock.instant()).toMillis();
  }

  private Column told(Entrant entrant, RunOutcome outcome, boolean late, long millis) {
    boolean whole = outcome.problem().isEmpty();
    Path report = outcome.folder().root().resolve("report.html");
    return new Column(
        entrant.name(),
        whole ? outcome.decision().word() : "INCOMPLETE",
        outcome.exitCode().code(),
        late ? tooLong(entrant) : outcome.problem(),
        root.toAbsolutePath().relativize(report.toAbsolutePath()).toString(),
        millis,
        outcome.manifest().target(),
        outcome.results().stream().map(SuiteResult::checks).flatMap(List::stream).toList());
  }

  private static String tooLong(Entrant entrant) {
    return "took longer than its timeout of " + entrant.timeout().toSeconds() + " s";
  }

  private static Column failed(
      Entrant entrant, String word, ExitCode code, String why, long millis) {
    return new Column(entrant.name(), word, code.code(), why, "", millis, null, List.of());
  }
}

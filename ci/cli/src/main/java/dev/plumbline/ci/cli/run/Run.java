package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.bundle.Bundle;
import dev.plumbline.evidence.bundle.Sealed;
import dev.plumbline.evidence.bundle.SuiteSeal;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One run: starts the target, probes it, runs the suites in order, and seals what they recorded.
 * From the moment the target has answered, everything ends in a bundle: a run that is cut short
 * keeps what it has and says that it is not complete.
 */
public final class Run {
  private final RunRequest request;
  private final RunListener listener;
  private final InstantSource clock;
  private final String harness;
  private final BooleanSupplier stopping;
  private final Numbers numbers;
  private final List<SuiteResult> results = new ArrayList<>();
  private final Map<String, String> notRun = new TreeMap<>();

  /** A run whose failures nobody shows by number meanwhile. */
  public Run(
      RunRequest request,
      RunListener listener,
      InstantSource clock,
      String harness,
      BooleanSupplier stopping) {
    this(request, listener, clock, harness, stopping, new Numbers());
  }

  /**
   * @param harness Plumbline's own version
   * @param stopping whether the user asked to stop
   * @param numbers what failures are numbered by
   */
  public Run(
      RunRequest request,
      RunListener listener,
      InstantSource clock,
      String harness,
      BooleanSupplier stopping,
      Numbers numbers) {
    this.stopping = stopping;
    this.numbers = numbers;
    this.request = request;
    this.listener = listener;
    this.clock = clock;
    this.harness = harness;
  }

  /**
   * Runs to the end, or until interrupted.
   *
   * @throws UsageException when the output folder cannot be written
   * @throws TargetException when there is nothing to judge; no folder is left behind
   * @throws HarnessException when Plumbline failed before anything was recorded, or could not seal
   */
  public RunOutcome execute() throws UsageException, TargetException, HarnessException {
    OutputFolder output = OutputFolder.create(request.out(), clock.instant());
    boolean probed = false;
    Introduction introduction = new Introduction(request, stopping);
    try (Target target = introduction.open()) {
      Instant started = clock.instant();
      ProbeReport probe = introduction.probe(target, output.folder().raw().resolve("probe.json"));
      TargetIdentity identity = probe.identity(target);
      RunManifest begun = manifest(output.id(), started, identity, false);
      write(output.folder(), begun);
      probed = true;
      listener.probed(identity, probe, Plan.of(request, target, probe));
      String problem = suites(target, probe, begun, output.folder());
      reproduce(target, probe, begun, output.folder());
      // A pending interrupt would break the channels the bundle is written through.
      boolean _ = Thread.interrupted();
      target.close();
      return seal(output.folder(), begun, problem);
    } finally {
      if (!probed) {
        output.discard();
      }
    }
  }

  /** Runs the suites; returns what cut them short, empty when nothing did. */
  private String suites(Target target, ProbeReport probe, RunManifest begun, RunFolder folder) {
    for (Suite suite : request.suites()) {
      listener.suiteStarted(suite);
      String problem = "";
      try {
        suite(suite, target, probe, begun, folder);
      } catch (InterruptedException e) {
        problem = "interrupted";
      } catch (IOException | HarnessException | RuntimeException e) {
        problem = stopping.getAsBoolean() || Causes.isInterrupt(e) ? "interrupted" : problem(e);
        Debug.trace(e);
      } finally {
        listener.suiteEnded();
      }
      if (!problem.isEmpty()) {
        cutShort(suite, problem);
        return problem;
      }
    }
    return "";
  }

  /** Failures become files that replay; what could not be written is no reason to lose the run. */
  private void reproduce(Target target, ProbeReport probe, RunManifest begun, RunFolder folder) {
    if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      ReproducerIndex index =
          new Reproduction(request, numbers)
              .write(folder, begun, results, target, probe.deadline());
      listener.reproduced(index);
    } catch (InterruptedException e) {
      notRun.put(Reproducer.FOLDER, "interrupted");
    } catch (IOException | RuntimeException e) {
      Debug.trace(e);
      notRun.put(Reproducer.FOLDER, "cannot be written: " + Causes.oneLine(e));
    }
  }

  private void suite(
      Suite suite, Target target, ProbeReport probe, RunManifest begun, RunFolder folder)
      throws IOException, HarnessException, InterruptedException {
    SuiteContext context =
        new SuiteContext(
            request.settings(), Files.createDirectories(folder.raw(suite)), listener.progress());
    SuiteResult result = new SuiteRunner(request).run(suite, target, probe, context);
    Json.write(folder.result(suite), result);
    SuiteSeal.write(
        folder, suite, begun.runId(), begun.settings(), begun.target(), clock.instant());
    results.add(result);
    Optional<String> killed = target.killed();
    if (killed.isPresent()) {
      throw new HarnessException(killed.get());
    }
  }

  private static String problem(Exception failure) {
    if (Causes.isDiskFull(failure)) {
      return "harness fault: the disk of the output folder is full; free space or use another --out";
    }
    return "harness fault: "
        + (failure instanceof HarnessException || failure instanceof IOException
            ? Causes.oneLine(failure)
            : "unexpected "
                + failure.getClass().getSimpleName()
                + " in Plumbline, "
                + Causes.oneLine(failure)
                + "; run with PLUMBLINE_DEBUG=1 and report it");
  }

  private void cutShort(Suite suite, String problem) {
    notRun.put(suite.id(), problem);
    int next = request.suites().indexOf(suite) + 1;
    for (Suite later : request.suites().subList(next, request.suites().size())) {
      notRun.put(later.id(), "the run was cut short in " + suite.id());
    }
  }

  private RunOutcome seal(RunFolder folder, RunManifest begun, String problem)
      throws HarnessException {
    RunManifest ended = manifest(begun.runId(), begun.started(), begun.target(), problem.isEmpty());
    try {
      if (request.kept().count() > 0) {
        Bundle.keep(folder, request.kept());
      }
      Sealed sealed =
          Bundle.seal(folder, ended, results, request.baseline(), request.key(), clock.instant());
      return new RunOutcome(folder, ended, results, sealed.record(), problem);
    } catch (IOException | UncheckedIOException e) {
      Debug.trace(e);
      String why = Causes.isDiskFull(e) || !problem.isEmpty() ? problem : problem(e);
      throw new HarnessException(
          (why.isEmpty() ? problem(e) : why)
              + "; what was recorded is kept, unsealed and incomplete, in "
              + folder.root(),
          e);
    }
  }

  private void write(RunFolder folder, RunManifest manifest) throws HarnessException {
    try {
      // Written before the suites, so that a run that dies in them is marked incomplete.
      Json.write(folder.run(), manifest);
    } catch (IOException e) {
      throw new HarnessException(problem(e), e);
    }
  }

  private RunManifest manifest(
      String id, Instant started, TargetIdentity identity, boolean complete) {
    Map<String, String> left = new TreeMap<>(notRun);
    for (Suite suite : Suite.values()) {
      if (!request.suites().contains(suite)) {
        left.put(suite.id(), "not asked for");
      }
    }
    left.putAll(NotRun.byRequest(request));
    return new RunManifest(
        RunManifest.SCHEMA,
        id,
        harness,
        started,
        clock.instant(),
        complete,
        request.settings(),
        identity,
        request.suites(),
        left,
        Machine.facts());
  }
}

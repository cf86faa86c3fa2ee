package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeOptions;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The first words with a target: it is started, and asked what it is. */
final class Introduction {
  private final RunRequest request;
  private final BooleanSupplier stopping;

  Introduction(RunRequest request, BooleanSupplier stopping) {
    this.request = request;
    this.stopping = stopping;
  }

  /** Starts or finds the target. */
  Target open() throws TargetException, HarnessException {
    try {
      return TargetFactory.open(request.target());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (HarnessException e) {
      throw stopping.getAsBoolean() ? interrupted(e) : e;
    }
  }

  /**
   * Asks it what it is.
   *
   * @param file where the answers are written
   * @throws TargetException when it is no MCP server, or does not speak what was asked for
   */
  ProbeReport probe(Target target, Path file) throws TargetException, HarnessException {
    try {
      ProbeOptions options = new ProbeOptions(request.readOnlyTools(), request.settings().seed());
      Selection selection = request.selection();
      ProbeReport report =
          new Probe(selection.revision().map(options::asking).orElse(options)).run(target, file);
      requireSpoken(report, selection);
      return report;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TargetException | HarnessException e) {
      if (stopping.getAsBoolean()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  private static void requireSpoken(ProbeReport report, Selection selection)
      throws TargetException {
    boolean spoken =
        report.eras().stream()
            .filter(era -> selection.era().isEmpty() || selection.era().get() == era.era())
            .anyMatch(
                era ->
                    selection.revision().isEmpty()
                        || selection.revision().get().equals(era.revision()));
    if (!spoken) {
      throw new TargetException(
          "the server does not speak what --era asks for; here it spoke "
              + report.eras().stream()
                  .map(EraProbe::revision)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
  }

  private static HarnessException interrupted(Exception cause) {
    return new HarnessException("interrupted before anything was recorded; run again", cause);
  }
}

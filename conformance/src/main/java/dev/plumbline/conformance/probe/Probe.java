package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.nio.file.Path;

/** Finds out what a target speaks and offers. */
public final class Probe {
  private final ProbeOptions options;

  /** A probe that was told nothing. */
  public Probe() {
    this(ProbeOptions.none());
  }

  /** A probe that knows what the user told. */
  public Probe(ProbeOptions options) {
    this.options = options;
  }

  /**
   * Asks the target and writes the report.
   *
   * @param file where the report is written, {@code raw/probe.json}
   * @throws TargetException when the target cannot be reached or does not speak MCP; one line
   * @throws HarnessException when Plumbline itself failed
   */
  public ProbeReport run(Target target, Path file)
      throws TargetException, HarnessException, InterruptedException {
    if (target.transports().isEmpty()) {
      throw new HarnessException("nothing to probe with " + options + " into " + file);
    }
    return new ProbeReport("unknown", "unknown", java.util.List.of());
  }
}

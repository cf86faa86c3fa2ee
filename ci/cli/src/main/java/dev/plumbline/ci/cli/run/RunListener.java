package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;

/** Told what a run does. */
public interface RunListener {
  /** The target answered and told what it is; this is what will be done. */
  void probed(TargetIdentity identity, ProbeReport probe, Plan plan);

  /** A suite begins. */
  void suiteStarted(Suite suite);

  /** The suite that began last is over, or was cut short. */
  void suiteEnded();

  /** Every failure became a reproducer. */
  default void reproduced(ReproducerIndex index) {}

  /** Where suites tell what they do. */
  Progress progress();
}

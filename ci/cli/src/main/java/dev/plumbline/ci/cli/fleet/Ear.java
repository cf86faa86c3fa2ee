package dev.plumbline.ci.cli.fleet;

import dev.plumbline.ci.cli.run.Plan;
import dev.plumbline.ci.cli.run.RunListener;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;

/** Hears one run and tells the fleet's listener which server it was. */
record Ear(int server, FleetListener listener) implements RunListener, Progress {
  @Override
  public void probed(TargetIdentity identity, ProbeReport probe, Plan plan) {
    listener.planned(server, plan.rules());
  }

  @Override
  public void suiteStarted(Suite suite) {}

  @Override
  public void suiteEnded() {}

  @Override
  public Progress progress() {
    return this;
  }

  @Override
  public void planned(Suite suite, int checks, int skipped) {}

  @Override
  public void started(Suite suite, String id, String title) {}

  @Override
  public void finished(Suite suite, CheckResult result) {
    listener.judged(server, result);
  }

  @Override
  public void note(Suite suite, String text) {}
}

package dev.plumbline.conformance.run;

import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;

/** Runs the rules that apply and judges each as it goes. */
public final class ConformanceSuite {
  private final ConformanceOptions options;

  /** A suite over the given rules. */
  public ConformanceSuite(ConformanceOptions options) {
    this.options = options;
  }

  /**
   * Runs to the end.
   *
   * @throws HarnessException when Plumbline itself failed
   * @throws InterruptedException when told to stop; what was recorded stays
   */
  public SuiteResult run(Target target, ProbeReport probe, SuiteContext context)
      throws HarnessException, InterruptedException {
    try {
      return new ConformanceJudge().judge(context.raw());
    } catch (java.io.IOException e) {
      throw new HarnessException(options.rules().size() + " rules: " + e.getMessage(), e);
    }
  }
}

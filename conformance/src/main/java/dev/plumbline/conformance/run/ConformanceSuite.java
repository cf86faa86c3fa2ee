package dev.plumbline.conformance.run;

import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the rules that apply, one after another, and judges each as it goes. */
public final class ConformanceSuite {
  private final ConformanceOptions options;

  /** A suite over the given rules. */
  public ConformanceSuite(ConformanceOptions options) {
    this.options = options;
  }

  /** What would run against this target; sends nothing. */
  public Plan plan(Target target, ProbeReport probe, RunSettings settings) {
    List<Transport> offered =
        target.transports().stream().filter(options.over()::contains).toList();
    Gate gate = new Gate(offered, probe, settings.consent());
    return new Plan(
        settings.consent(),
        settings.seed(),
        probe.deadline().toMillis(),
        options.rules().stream().map(gate::entry).toList());
  }

  /**
   * Runs to the end. Writes {@code plan.json}, one recording for each rule that ran, the smoke
   * recordings and {@code outcomes.json}, the last also when the run breaks off.
   *
   * @throws HarnessException when Plumbline itself failed
   * @throws InterruptedException when told to stop; what was recorded stays
   */
  public SuiteResult run(Target target, ProbeReport probe, SuiteContext context)
      throws HarnessException, InterruptedException {
    Plan plan = plan(target, probe, context.settings());
    List<Plan.Entry> entries = plan.entries();
    write(context.raw().resolve(Plan.FILE), plan);
    context
        .progress()
        .planned(Suite.CONFORMANCE, plan.applying(), entries.size() - plan.applying());
    try (RuleRunner runner = new RuleRunner(target, probe, context, ledger(), options.rules())) {
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i).status() == Plan.Status.APPLIES) {
          Rule rule = options.rules().get(i);
          runner.run(rule, entries.get(i), spoken(probe, entries.get(i)));
        }
      }
      runner.completed();
    }
    try {
      return new ConformanceJudge(options.rules()).judge(context.raw());
    } catch (IOException e) {
      throw new HarnessException("cannot judge what was recorded: " + e.getMessage(), e);
    }
  }

  private static EraProbe spoken(ProbeReport probe, Plan.Entry entry) {
    return probe.era(entry.era(), entry.over().orElseThrow()).orElseThrow();
  }

  private static Ledger ledger() throws HarnessException {
    return Ledger.load();
  }

  static void write(Path file, Object value) throws HarnessException {
    try {
      Json.write(file, value);
    } catch (IOException e) {
      throw new HarnessException(
          "cannot write " + file.getFileName() + ": " + e.getMessage() + "; check space and rights",
          e);
    }
  }
}

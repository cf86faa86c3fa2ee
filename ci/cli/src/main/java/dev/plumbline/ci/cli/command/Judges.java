package dev.plumbline.ci.cli.command;

import dev.plumbline.chaos.ChaosJudge;
import dev.plumbline.conformance.interop.InteropJudge;
import dev.plumbline.conformance.kill.KillMatrixJudge;
import dev.plumbline.conformance.referee.RefereeJudge;
import dev.plumbline.conformance.run.ConformanceJudge;
import dev.plumbline.evidence.bundle.Verifier;
import dev.plumbline.perf.PerfJudge;
import dev.plumbline.perf.bench.BenchmarkJudge;
import dev.plumbline.perf.reliability.ReliabilityJudge;
import dev.plumbline.supplychain.SupplyChainJudge;
import java.util.List;

/** Every judge there is. */
final class Judges {
  private Judges() {}

  /** Checks bundles with all of them. */
  static Verifier verifier() {
    return new Verifier(
        List.of(
            new ConformanceJudge(),
            new ChaosJudge(),
            new PerfJudge(),
            new ReliabilityJudge(),
            new SupplyChainJudge(),
            new RefereeJudge(),
            new InteropJudge(),
            new KillMatrixJudge(),
            new BenchmarkJudge()));
  }
}

package dev.plumbline.ci.cli.run;

import dev.plumbline.chaos.ChaosSuite;
import dev.plumbline.conformance.interop.InteropJudge;
import dev.plumbline.conformance.kill.KillMatrix;
import dev.plumbline.conformance.kill.KillMatrixJudge;
import dev.plumbline.conformance.prepared.PreparedSuite;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.referee.RefereeSuite;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.perf.PerfOptions;
import dev.plumbline.perf.PerfSuite;
import dev.plumbline.perf.bench.BenchmarkJudge;
import dev.plumbline.perf.bench.BenchmarkTable;
import dev.plumbline.perf.reliability.ReliabilityOptions;
import dev.plumbline.perf.reliability.ReliabilitySuite;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.supplychain.SupplyChainSuite;
import java.util.Set;

/** Which class runs which suite, with what the user chose for it. */
final class SuiteRunner {
  private final RunRequest request;

  SuiteRunner(RunRequest request) {
    this.request = request;
  }

  SuiteResult run(Suite suite, Target target, ProbeReport probe, SuiteContext context)
      throws HarnessException, InterruptedException {
    return switch (suite) {
      case CONFORMANCE ->
          new ConformanceSuite(request.selection().options()).run(target, probe, context);
      case CHAOS -> new ChaosSuite(Plan.chaos(request)).run(target, probe, context);
      case PERF ->
          new PerfSuite(PerfOptions.defaults(Installation.current().gatling()))
              .run(target, probe, context);
      case RELIABILITY ->
          new ReliabilitySuite(
                  new ReliabilityOptions(
                      Installation.current(),
                      request.parts().isEmpty() ? Set.of(Part.values()) : request.parts(),
                      NotRun.PARTS))
              .run(context);
      case SUPPLY_CHAIN ->
          new SupplyChainSuite(Installation.current().home(), request.supplyChain()).run(context);
      case REFEREE ->
          new RefereeSuite(request.peers().referee().orElseThrow(), Installation.current())
              .run(context);
      case INTEROP ->
          new PreparedSuite(
                  new InteropJudge(),
                  request.peers().interop().orElseThrow().resolve(InteropJudge.TABLE),
                  ".ci/interop",
                  Installation.current())
              .run(context);
      case MUTANTS ->
          new PreparedSuite(
                  new KillMatrixJudge(),
                  request.peers().mutants().orElseThrow().resolve(KillMatrix.FILE),
                  "mvn verify",
                  Installation.current())
              .run(context);
      case BENCHMARKS ->
          new PreparedSuite(
                  new BenchmarkJudge(),
                  request.peers().benchmarks().orElseThrow().resolve(BenchmarkTable.FILE),
                  ".ci/bench",
                  Installation.current())
              .run(context);
    };
  }
}

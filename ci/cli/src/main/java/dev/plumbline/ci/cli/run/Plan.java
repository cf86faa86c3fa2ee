package dev.plumbline.ci.cli.run;

import dev.plumbline.chaos.ChaosOptions;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.perf.slo.SloFile;
import java.util.List;
import java.util.Map;

/**
 * What a run intends, told before it begins.
 *
 * @param rules rules that apply to the target
 * @param allRules rules there are
 * @param modes failure modes that will be injected
 * @param slos objectives that will be measured
 */
public record Plan(int rules, int allRules, int modes, int slos) {
  /** The failure modes that are known, injected or not. */
  public static final int ALL_MODES = 52;

  /** Which rules are considered. */
  static ConformanceOptions conformance(RunRequest request) {
    return new ConformanceOptions(
        Rules.all().stream()
            .filter(rule -> request.only().isEmpty() || request.only().contains(rule.clause()))
            .toList());
  }

  /** Which failure modes are injected, and through what; they were checked when parsed. */
  static ChaosOptions chaos(RunRequest request) {
    return ChaosOptions.of(
        List.copyOf(request.modes()), request.toxiproxy().orElse(""), System.getenv());
  }

  /** The plan of a request for a target that was probed. */
  public static Plan of(RunRequest request, Target target, ProbeReport probe) {
    int slos =
        request.settings().loadAllowed()
            ? (int)
                SloFile.standard()
                    .rows(target.kind(), request.settings().profile(), Map.of())
                    .stream()
                    .filter(row -> row.slo().isPresent())
                    .count()
            : 0;
    int rules =
        new ConformanceSuite(conformance(request))
            .plan(target, probe, request.settings())
            .applying();
    return new Plan(rules, Rules.all().size(), chaos(request).modes().size(), slos);
  }
}

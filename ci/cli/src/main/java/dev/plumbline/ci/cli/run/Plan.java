package dev.plumbline.ci.cli.run;

import dev.plumbline.chaos.ChaosOptions;
import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.perf.slo.SloFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run intends, told before it begins.
 *
 * @param clauses every rule that is considered, and whether it applies to the target
 * @param allRules rules there are
 * @param modes failure modes that will be injected
 * @param slos objectives that will be measured
 * @param slowest the target's slowest answer so far
 */
public record Plan(
    dev.plumbline.conformance.run.Plan clauses,
    int allRules,
    List<String> modes,
    List<String> slos,
    Duration slowest) {
  /** The failure modes that are known, injected or not. */
  public static final int ALL_MODES = 52;

  /** What a rule takes on the average of a server that answers at once. */
  private static final Duration RULE = Duration.ofMillis(80);

  /** The first answers of a server that is still warming up are as slow as its slowest. */
  private static final int SLOW_ANSWERS = 4;

  /** The rules of the quick profile are stopped then. */
  private static final Duration MOST = Duration.ofMinutes(2);

  private static final Duration MODE = Duration.ofSeconds(7);
  private static final Duration OBJECTIVE = Duration.ofSeconds(5);

  /** Copies the lists. */
  public Plan {
    modes = List.copyOf(modes);
    slos = List.copyOf(slos);
  }

  /** Which failure modes are injected, and through what; they were checked when parsed. */
  static ChaosOptions chaos(RunRequest request) {
    return ChaosOptions.of(
        List.copyOf(request.modes()), request.toxiproxy().orElse(""), System.getenv());
  }

  /** The plan of a request for a target that was probed. */
  public static Plan of(RunRequest request, Target target, ProbeReport probe)
      throws HarnessException {
    List<String> slos =
        request.settings().loadAllowed()
            ? SloFile.standard()
                .rows(target.kind(), request.settings().profile(), Map.of())
                .stream()
                .filter(row -> row.slo().isPresent())
                .map(SloFile.Row::id)
                .toList()
            : List.of();
    return new Plan(
        new ConformanceSuite(request.selection().options()).plan(target, probe, request.settings()),
        ConformanceOptions.all().rules().size(),
        chaos(request).modes().stream().map(FailureMode::id).toList(),
        slos,
        Duration.ofNanos(probe.eras().stream().mapToLong(EraProbe::slowestNanos).max().orElse(0)));
  }

  /** Rules that apply. */
  public int rules() {
    return clauses.applying();
  }

  /** About how long these suites will take in the quick profile. */
  public Duration expected(List<Suite> suites) {
    Duration time = Duration.ofSeconds(1);
    if (suites.contains(Suite.CONFORMANCE)) {
      Duration all = RULE.multipliedBy(rules()).plus(slowest.multipliedBy(SLOW_ANSWERS));
      time = time.plus(all.compareTo(MOST) > 0 ? MOST : all);
    }
    if (suites.contains(Suite.CHAOS)) {
      time = time.plus(MODE.multipliedBy(modes.size()));
    }
    return suites.contains(Suite.PERF) ? time.plus(OBJECTIVE.multipliedBy(slos.size())) : time;
  }
}

package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeOptions;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a failure when it was made to happen again.
 *
 * @param outcome the answer
 * @param told the answer in one sentence
 * @param finding what was seen this time; empty unless something fails
 */
public record Rerun(Outcome outcome, String told, Optional<Finding> finding) {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Whether it happened again. */
  public enum Outcome {
    /** The rule says the same as then. */
    REPRODUCED,
    /** The rule finds something, but not the same. */
    FAILS_OTHERWISE,
    /** The rule is content. */
    GONE,
    /** The rule had nothing to judge. */
    UNCLEAR
  }

  /**
   * Sends the recorded bytes again and has the rule judge what comes back.
   *
   * @throws TargetException when the target cannot be reached
   */
  public static Rerun replay(Reproducer reproducer, Way.Replay way, Target target)
      throws TargetException, HarnessException, InterruptedException {
    Rule rule = rule(reproducer);
    Replay replay = new Replay(target, reproducer.target().address(), DEADLINE);
    if (!target.transports().contains(way.recording().transport())) {
      throw new TargetException(
          "it was seen over "
              + way.recording().transport().id()
              + ", which this target is not reached over; name another target");
    }
    Recording seen = replay.of(way.recording(), way.carried());
    try {
      return of(reproducer, rule.judge().apply(seen));
    } catch (RuntimeException e) {
      return new Rerun(Outcome.UNCLEAR, "the rule cannot judge what came back", Optional.empty());
    }
  }

  /**
   * Runs the rule itself, with the same seed and consent.
   *
   * @param scratch an empty folder for its recordings
   */
  public static Rerun rule(Reproducer reproducer, Target target, Path scratch)
      throws TargetException, HarnessException, InterruptedException {
    ProbeOptions options = new ProbeOptions(Set.of(), reproducer.settings().seed());
    ProbeReport probe = new Probe(options).run(target, scratch.resolve("probe.json"));
    CheckResult check =
        new ConformanceSuite(new ConformanceOptions(List.of(rule(reproducer))))
            .run(target, probe, new SuiteContext(reproducer.settings(), scratch, Progress.SILENT))
            .checks()
            .getFirst();
    return of(reproducer, check.verdict());
  }

  /** What a verdict means for a reproducer. */
  public static Rerun of(Reproducer reproducer, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fail(List<Finding> findings) -> {
        Optional<Finding> same =
            findings.stream()
                .filter(f -> f.summary().equals(reproducer.finding().summary()))
                .findFirst();
        yield same.isPresent()
            ? new Rerun(Outcome.REPRODUCED, same.get().summary(), same)
            : new Rerun(
                Outcome.FAILS_OTHERWISE,
                findings.getFirst().summary(),
                Optional.of(findings.getFirst()));
      }
      case Verdict.Pass(long examined) ->
          new Rerun(Outcome.GONE, reproducer.check() + " holds now", Optional.empty());
      case Verdict.NotObserved(String missing) ->
          new Rerun(Outcome.UNCLEAR, "nothing to judge: " + missing, Optional.empty());
      case Verdict.NotApplicable(String reason) ->
          new Rerun(Outcome.UNCLEAR, "it does not apply: " + reason, Optional.empty());
      case Verdict.HarnessFault(String cause) ->
          new Rerun(Outcome.UNCLEAR, "Plumbline failed: " + cause, Optional.empty());
    };
  }

  private static Rule rule(Reproducer reproducer) throws TargetException {
    return ReproducerMaker.rule(reproducer.check())
        .orElseThrow(
            () ->
                new TargetException(
                    "no rule of this version judges "
                        + reproducer.check()
                        + "; use the version that found it, "
                        + reproducer.harness()));
  }
}

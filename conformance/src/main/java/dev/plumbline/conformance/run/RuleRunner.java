package dev.plumbline.conformance.run;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one rule after another and keeps book of what became of each. */
final class RuleRunner implements AutoCloseable {
  private final Target target;
  private final Duration deadline;
  private final SuiteContext context;
  private final Ledger ledger;
  private final Vitals vitals;
  private final long stopAt;
  private final List<Outcomes.Outcome> outcomes = new ArrayList<>();
  private final Map<String, Optional<String>> smoked = new HashMap<>();
  private final Map<Transport, String> lost = new EnumMap<>(Transport.class);
  private final Map<Script, Map<EraProbe, Recording>> shared = new HashMap<>();
  private final Set<Script> several = new HashSet<>();
  private boolean complete;

  RuleRunner(
      Target target, ProbeReport probe, SuiteContext context, Ledger ledger, List<Rule> rules) {
    Set<Script> once = new HashSet<>();
    rules.stream().map(Rule::script).filter(s -> !once.add(s)).forEach(several::add);
    this.target = target;
    this.deadline = probe.deadline();
    this.context = context;
    this.ledger = ledger;
    this.vitals = new Vitals(target, deadline);
    this.stopAt = System.nanoTime() + budget(context.settings().profile()).toNanos();
  }

  /** How long all rules together may take; what is left then is not observed. */
  private static Duration budget(Profile profile) {
    return switch (profile) {
      case QUICK -> Duration.ofMinutes(2);
      case STANDARD -> Duration.ofMinutes(8);
      case NIGHTLY -> Duration.ofMinutes(30);
    };
  }

  /** Runs and judges one rule. */
  void run(Rule rule, Plan.Entry entry, EraProbe spoken)
      throws HarnessException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before " + rule.clause());
    }
    Clause clause =
        ConformanceJudge.words(ledger, rule.clause())
            .orElseThrow(() -> new HarnessException("the ledger has no clause " + rule.clause()));
    context.progress().started(Suite.CONFORMANCE, rule.clause(), clause.statement());
    Optional<String> obstacle = obstacle(spoken);
    CheckResult result;
    if (obstacle.isPresent()) {
      outcome(rule, Outcomes.Kind.SKIPPED, obstacle.get());
      result = ConformanceJudge.result(clause, entry, new Verdict.NotObserved(obstacle.get()));
    } else {
      result = judged(rule, clause, entry, spoken);
    }
    context.progress().finished(Suite.CONFORMANCE, result);
  }

  private Optional<String> obstacle(EraProbe spoken) throws HarnessException, InterruptedException {
    String gone = lost.get(spoken.transport());
    if (gone != null) {
      return Optional.of(gone);
    }
    if (System.nanoTime() > stopAt) {
      return Optional.of("the time for all rules was used up");
    }
    String id = "smoke-" + spoken.era().id() + "." + spoken.transport().id();
    Optional<String> known = smoked.get(id);
    if (known == null) {
      known = smoke(id, spoken);
      smoked.put(id, known);
    }
    return known;
  }

  /** The lawful twin of everything: without it nothing is blamed on the target. */
  private Optional<String> smoke(String id, EraProbe spoken)
      throws HarnessException, InterruptedException {
    try {
      Vitals.Sign sign = vitals.take(spoken, id);
      write(sign.recording(), id + ".json");
      return sign.trouble().map(trouble -> "the lawful smoke request fails: " + trouble);
    } catch (TargetException e) {
      return Optional.of("the target cannot be reached: " + e.getMessage());
    }
  }

  /** Judges what a rule with the same script recorded, or else what this one does. */
  private CheckResult judged(Rule rule, Clause clause, Plan.Entry entry, EraProbe spoken)
      throws HarnessException, InterruptedException {
    Recording made = shared.getOrDefault(rule.script(), Map.of()).get(spoken);
    if (made == null) {
      return ConformanceJudge.result(clause, entry, perform(rule, entry, spoken), rule.clause());
    }
    outcome(rule, Outcomes.Kind.RECORDED, made.id());
    return ConformanceJudge.result(clause, entry, ConformanceJudge.verdict(rule, made), made.id());
  }

  private Verdict perform(Rule rule, Plan.Entry entry, EraProbe spoken)
      throws HarnessException, InterruptedException {
    try (RuleStage stage = new RuleStage(target, spoken, context.settings(), deadline)) {
      try {
        rule.script().run(stage);
      } catch (TargetException e) {
        stage.fact(Recording.STOPPED, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        String fault = "the script of " + rule.clause() + " broke: " + e;
        outcome(rule, Outcomes.Kind.FAULT, fault);
        return new Verdict.HarnessFault(fault);
      }
      if (isSuspicious(stage.recording(rule.clause()), spoken.transport())) {
        Optional<String> gone = vitals.lost(spoken);
        if (gone.isPresent()) {
          String text = "the target does not answer since " + rule.clause() + ": " + gone.get();
          stage.fact(Recording.LOST, text);
          lost.put(spoken.transport(), text);
          Optional<String> killed = target.killed();
          if (killed.isPresent()) {
            outcome(rule, Outcomes.Kind.FAULT, killed.get());
            return new Verdict.HarnessFault(killed.get());
          }
          context.progress().note(Suite.CONFORMANCE, text);
        }
      }
      Recording recording = stage.recording(rule.clause());
      write(recording, entry.file());
      outcome(rule, Outcomes.Kind.RECORDED, "");
      if (several.contains(rule.script())) {
        shared.computeIfAbsent(rule.script(), script -> new HashMap<>()).put(spoken, recording);
      }
      return ConformanceJudge.verdict(rule, recording);
    }
  }

  /** Whether something happened that a dead target would explain. */
  private static boolean isSuspicious(Recording recording, Transport transport) {
    if (recording.fact(Recording.STOPPED).isPresent()) {
      return true;
    }
    // On stdio every conversation has a process of its own, whose end is the rule's business.
    return transport != Transport.STDIO
        && recording.exchanges().stream()
            .anyMatch(e -> e.end() != End.COMPLETE && e.status().isEmpty());
  }

  private void write(Recording recording, String file) throws HarnessException {
    try {
      recording.write(context.raw().resolve(file));
    } catch (IOException e) {
      throw new HarnessException(
          "cannot write " + file + ": " + e.getMessage() + "; check space and rights", e);
    }
  }

  private void outcome(Rule rule, Outcomes.Kind kind, String text) {
    outcomes.add(new Outcomes.Outcome(rule.clause(), kind, target.redactor().text(text)));
  }

  /** Every rule was reached. */
  void completed() {
    complete = true;
  }

  /** Seals what became of the rules. */
  @Override
  public void close() throws HarnessException {
    ConformanceSuite.write(context.raw().resolve(Outcomes.FILE), new Outcomes(complete, outcomes));
  }
}

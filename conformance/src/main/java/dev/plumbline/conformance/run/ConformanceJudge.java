package dev.plumbline.conformance.run;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a folder of recordings: plan, outcomes and one recording for each rule that ran. */
public final class ConformanceJudge implements Judge {
  private static final String FOLDER = "raw/" + Suite.CONFORMANCE.id() + "/";

  private final List<Rule> rules;

  /** Judges with every rule of this build. */
  public ConformanceJudge() {
    this(Rules.all());
  }

  /** Judges with these rules. */
  public ConformanceJudge(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public Suite suite() {
    return Suite.CONFORMANCE;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    Plan plan = Plan.read(raw);
    Outcomes outcomes = Outcomes.read(raw);
    Map<String, Rule> byClause = new HashMap<>();
    rules.forEach(rule -> byClause.put(rule.clause(), rule));
    Ledger ledger = ledger();
    List<CheckResult> checks = new ArrayList<>();
    for (Plan.Entry entry : plan.entries()) {
      checks.add(check(entry, outcomes.of(entry.clause()), raw, byClause, ledger));
    }
    Map<String, String> facts = new HashMap<>();
    facts.put("complete", Boolean.toString(outcomes.complete()));
    facts.put("consent", plan.consent().id());
    facts.put("deadline-ms", Long.toString(plan.deadlineMillis()));
    facts.put("seed", Long.toHexString(plan.seed()));
    return new SuiteResult(suite(), checks, facts);
  }

  private static CheckResult check(
      Plan.Entry entry,
      Optional<Outcomes.Outcome> outcome,
      Path raw,
      Map<String, Rule> rules,
      Ledger ledger)
      throws IOException {
    Clause clause = clause(ledger, entry.clause());
    return switch (entry.status()) {
      case NOT_APPLICABLE ->
          result(clause, entry, new Verdict.NotApplicable(entry.reason()), false);
      case UNOBSERVABLE -> result(clause, entry, new Verdict.NotObserved(entry.reason()), false);
      case APPLIES -> {
        if (outcome.isEmpty()) {
          yield result(clause, entry, new Verdict.NotObserved("the run was stopped before"), false);
        }
        yield switch (outcome.get().kind()) {
          case SKIPPED ->
              result(clause, entry, new Verdict.NotObserved(outcome.get().text()), false);
          case FAULT ->
              result(clause, entry, new Verdict.HarnessFault(outcome.get().text()), false);
          case RECORDED -> {
            Recording recording = Recording.read(raw.resolve(entry.file()));
            Rule rule = rules.get(entry.clause());
            if (rule == null || !recording.id().equals(entry.clause())) {
              throw new IOException(entry.file() + ": no rule judges " + recording.id());
            }
            yield result(clause, entry, verdict(rule, recording), true);
          }
        };
      }
    };
  }

  /** What one rule concludes; a rule that breaks is our fault, never the target's. */
  static Verdict verdict(Rule rule, Recording recording) {
    Verdict verdict;
    try {
      verdict = rule.judge().apply(recording);
    } catch (RuntimeException e) {
      return new Verdict.HarnessFault("the judge of " + rule.clause() + " broke: " + e);
    }
    if (verdict instanceof Verdict.Pass) {
      Optional<String> reason =
          recording.fact(Recording.LOST).or(() -> recording.fact(Recording.STOPPED));
      if (reason.isPresent()) {
        return new Verdict.NotObserved(reason.get());
      }
      if (recording.exchanges().isEmpty()) {
        return new Verdict.NotObserved("nothing was exchanged");
      }
    }
    return verdict;
  }

  /** The outcome of one clause with the words of the ledger. */
  static CheckResult result(Clause clause, Plan.Entry entry, Verdict verdict, boolean recorded) {
    return new CheckResult(
        clause.id(),
        clause.statement(),
        clause.level(),
        entry.era(),
        entry.transport(),
        clause.citation(),
        verdict,
        List.of(),
        recorded ? List.of(FOLDER + entry.file()) : List.of());
  }

  static Clause clause(Ledger ledger, String id) throws IOException {
    return ledger
        .clause(id)
        .orElseThrow(() -> new IOException(Plan.FILE + ": the ledger has no clause " + id));
  }

  static Ledger ledger() throws IOException {
    try {
      return Ledger.load();
    } catch (HarnessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}

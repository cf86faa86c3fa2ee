package dev.plumbline.conformance.run;

import dev.plumbline.conformance.explore.Walks;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.rule.Rule;
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
    this(ConformanceOptions.all().rules());
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
    Recordings recordings = new Recordings(raw, byClause);
    for (Plan.Entry entry : plan.entries()) {
      checks.add(check(entry, outcomes.of(entry.clause()), recordings, ledger));
    }
    Map<String, String> facts = new HashMap<>();
    facts.put("complete", Boolean.toString(outcomes.complete()));
    facts.put("consent", plan.consent().id());
    facts.put("deadline-ms", Long.toString(plan.deadlineMillis()));
    facts.put("seed", Long.toHexString(plan.seed()));
    return new SuiteResult(suite(), checks, facts);
  }

  private static CheckResult check(
      Plan.Entry entry, Optional<Outcomes.Outcome> outcome, Recordings recordings, Ledger ledger)
      throws IOException {
    Clause clause = clause(ledger, entry.clause());
    return switch (entry.status()) {
      case NOT_APPLICABLE -> result(clause, entry, new Verdict.NotApplicable(entry.reason()));
      case UNOBSERVABLE -> result(clause, entry, new Verdict.NotObserved(entry.reason()));
      case APPLIES -> {
        if (outcome.isEmpty()) {
          yield result(clause, entry, new Verdict.NotObserved("the run was stopped before"));
        }
        yield switch (outcome.get().kind()) {
          case SKIPPED -> result(clause, entry, new Verdict.NotObserved(outcome.get().text()));
          case FAULT -> result(clause, entry, new Verdict.HarnessFault(outcome.get().text()));
          case RECORDED -> {
            String maker = outcome.get().text().isEmpty() ? entry.clause() : outcome.get().text();
            Recording recording = recordings.read(entry, maker);
            Rule rule = recordings.rule(entry.clause());
            yield result(clause, entry, verdict(rule, recording), maker);
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

  /** The outcome of one clause with the words of the ledger, concluded without a recording. */
  static CheckResult result(Clause clause, Plan.Entry entry, Verdict verdict) {
    return result(clause, entry, verdict, List.of());
  }

  /** The same from the recording that the rule of the maker made. */
  static CheckResult result(Clause clause, Plan.Entry entry, Verdict verdict, String maker) {
    return result(clause, entry, verdict, List.of(FOLDER + entry.file(maker)));
  }

  private static CheckResult result(
      Clause clause, Plan.Entry entry, Verdict verdict, List<String> evidence) {
    return new CheckResult(
        clause.id(),
        clause.statement(),
        clause.level(),
        entry.era(),
        entry.transport(),
        clause.citation(),
        verdict,
        List.of(),
        evidence);
  }

  /** A row of the ledger, or what a walk asks. */
  static Optional<Clause> words(Ledger ledger, String id) {
    return ledger.clause(id).or(() -> Walks.clause(id));
  }

  static Clause clause(Ledger ledger, String id) throws IOException {
    return words(ledger, id)
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

package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.mutant.Mutants.Mutant;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs rules against every mutant of the bundled server. Each mutant must be killed by its own
 * rule, with its own message, and by no other, save those that ask for the same; the server as it
 * is by none. Over HTTP one warm process serves all of them, and every rule of the era runs; over
 * stdio, where every rule starts a process, the rules of the same page. {@code
 * -Dplumbline.kill=all} runs every rule of both eras on every mutant, {@code
 * -Dplumbline.kill=NAME,NAME} the rules on these mutants alone.
 */
class KillMatrixIT {
  /** How many servers run at the same time. */
  private static final int PARALLEL = 4;

  private static final String WANTED = System.getProperty("plumbline.kill", "");

  /** Whether every rule runs on every mutant. */
  private static final boolean ALL = "all".equals(WANTED);

  /** The mutants to look at, beside the server as it is; all when nobody named any. */
  private static final Set<String> ONLY =
      ALL || WANTED.isEmpty() ? Set.of() : Set.of(WANTED.split(",", -1));

  /** Both catalogues of the server as it is. */
  private static final String CONTROL = "none";

  private static final List<Mutant> CONTROLS =
      List.of(
          new Mutant(CONTROL, CONTROL, Transport.HTTP, "", List.of(), false),
          new Mutant(CONTROL, CONTROL, Transport.HTTP, "", List.of(), true),
          new Mutant(CONTROL, CONTROL, Transport.STDIO, "", List.of(), true));

  private static final Ledger LEDGER = ledger();

  @TempDir Path folder;

  /**
   * One line of the matrix.
   *
   * @param mutant the planted defect, or {@code none}
   * @param clause the clause it breaks, or {@code none}
   * @param transport what it was run over
   * @param killedBy the clauses whose rules failed
   * @param messages what those rules said
   * @param passed the clauses whose rules passed
   */
  record Line(
      String mutant,
      String clause,
      Transport transport,
      List<String> killedBy,
      List<String> messages,
      List<String> passed) {}

  @Test
  void everyMutantIsKilledByItsOwnRuleAndByNoOther() throws Exception {
    List<Mutant> mutants =
        Mutants.all().stream().filter(m -> ONLY.isEmpty() || ONLY.contains(m.name())).toList();
    List<Line> matrix = run(mutants);
    write(matrix);

    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < mutants.size(); i++) {
      Mutant mutant = mutants.get(i);
      Line line = matrix.get(i);
      all.assertThat(line.killedBy())
          .as(mutant.name())
          .containsExactlyInAnyOrderElementsOf(mutant.killers());
      all.assertThat(line.messages())
          .as(mutant.name())
          .anySatisfy(message -> assertThat(message).contains(mutant.message()));
    }
    all.assertAll();
    Set<String> passed = new HashSet<>();
    for (Line line : matrix.subList(mutants.size(), matrix.size())) {
      assertThat(line.killedBy()).as("unmutated over " + line.transport()).isEmpty();
      passed.addAll(line.passed());
    }
    assertThat(passed)
        .as("the unmutated server passes every rule, with or without the fixture")
        .containsExactlyInAnyOrderElementsOf(owed(mutants));
  }

  /** What the server as it is must pass: everything, or what is broken by the mutants named. */
  private static Set<String> owed(List<Mutant> mutants) {
    return ONLY.isEmpty()
        ? Rules.all().stream().map(Rule::clause).collect(Collectors.toSet())
        : mutants.stream().flatMap(m -> m.killers().stream()).collect(Collectors.toSet());
  }

  @Test
  void everyRuledClauseHasItsMutant() throws Exception {
    assertThat(Mutants.all().stream().flatMap(mutant -> mutant.killers().stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Ledger.load().ruled().stream().map(Clause::id).toList());
    assertThat(Mutants.all())
        .extracting(mutant -> mutant.name() + " over " + mutant.transport())
        .doesNotHaveDuplicates();
  }

  private static Ledger ledger() {
    try {
      return Ledger.load();
    } catch (HarnessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mutants in their order, then the server as it is over each transport. */
  private List<Line> run(List<Mutant> mutants) throws Exception {
    try (Hosted host = new Hosted();
        ExecutorService pool = Executors.newFixedThreadPool(PARALLEL)) {
      List<Future<Line>> lines = new ArrayList<>();
      for (Mutant mutant : mutants) {
        lines.add(pool.submit(() -> line(host, mutant, rules(mutant))));
      }
      // The other transports, and the older revisions: EveryWireIT.
      for (Mutant control : CONTROLS) {
        List<Rule> rules = controlRules(control.transport(), owed(mutants));
        lines.add(pool.submit(() -> line(host, control, rules)));
      }
      List<Line> matrix = new ArrayList<>();
      for (Future<Line> line : lines) {
        matrix.add(line.get());
      }
      return matrix;
    }
  }

  private static List<Rule> rules(Mutant mutant) {
    if (ALL) {
      return Rules.all();
    }
    Era era = clause(mutant.clause()).era();
    String page = clause(mutant.clause()).page();
    return Rules.all().stream()
        .filter(rule -> rule.requires().era() == era)
        .filter(
            rule ->
                mutant.transport() == Transport.HTTP
                    || mutant.killers().contains(rule.clause())
                    || clause(rule.clause()).page().equals(page))
        .toList();
  }

  /** Over stdio only what nothing else carries: every rule there starts a process. */
  private static List<Rule> controlRules(Transport transport, Set<String> owed) {
    return Rules.all().stream()
        .filter(rule -> owed.contains(rule.clause()))
        .filter(
            rule ->
                ALL || transport == Transport.HTTP || !rule.transports().contains(Transport.HTTP))
        .toList();
  }

  private static Clause clause(String id) {
    return LEDGER.clause(id).orElseThrow();
  }

  private Line line(Hosted host, Mutant mutant, List<Rule> rules) throws Exception {
    String run = mutant.name() + "-" + mutant.transport().id() + (mutant.fixture() ? "-f" : "");
    Path own = Files.createDirectories(folder.resolve(run));
    try (Target target =
        mutant.transport() == Transport.HTTP
            ? host.http(mutant.name(), mutant.fixture())
            : Hosted.stdio(mutant.name(), mutant.fixture())) {
      SuiteResult result = judge(target, rules, own);
      host.stop(target);
      List<String> killedBy = new ArrayList<>();
      List<String> messages = new ArrayList<>();
      List<String> passed = new ArrayList<>();
      for (CheckResult check : result.checks()) {
        switch (check.verdict()) {
          case Verdict.Fail fail -> {
            killedBy.add(check.id());
            fail.findings().stream().map(Finding::summary).forEach(messages::add);
          }
          case Verdict.HarnessFault fault -> killedBy.add("harness: " + fault.cause());
          case Verdict.Pass pass -> passed.add(check.id());
          case Verdict.NotObserved notObserved -> {}
          case Verdict.NotApplicable notApplicable -> {}
        }
      }
      return new Line(
          mutant.name(), mutant.clause(), mutant.transport(), killedBy, messages, passed);
    }
  }

  private static SuiteResult judge(Target target, List<Rule> rules, Path folder) throws Exception {
    Path raw = Files.createDirectories(folder.resolve("raw/conformance"));
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.DESTRUCTIVE, false);
    return new ConformanceSuite(new ConformanceOptions(rules))
        .run(
            target,
            new Probe().run(target, folder.resolve("probe.json")),
            new SuiteContext(settings, raw, Progress.SILENT));
  }

  private static void write(List<Line> matrix) throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("schema", "plumbline/kill-matrix/v1");
    form.put("lines", matrix);
    form.put("count", matrix.size());
    Json.write(target.resolve("kill-matrix.json"), form);
    StringBuilder table = new StringBuilder();
    for (Line line : matrix) {
      table.append(
          String.format(
              "%-36s %-9s %-6s killed by %-12s %2d passed  %s%n",
              line.mutant(),
              line.clause(),
              line.transport().id(),
              String.join(",", line.killedBy()),
              line.passed().size(),
              String.join(" | ", line.messages())));
    }
    Files.writeString(target.resolve("kill-matrix.txt"), table.toString());
  }
}

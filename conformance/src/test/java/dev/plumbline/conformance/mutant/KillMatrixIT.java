package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.mutant.Mutants.Mutant;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Finding;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every rule against every mutant of the bundled server. Each mutant must be killed by its own
 * rule, with its own message, and by no other, save the rule on the shape of every message when the
 * defect is one of shape; the server as it is by none.
 */
class KillMatrixIT {
  /** How many servers run at the same time. */
  private static final int PARALLEL = 4;

  @TempDir Path folder;

  /**
   * One line of the matrix.
   *
   * @param mutant the planted defect, or {@code none}
   * @param clause the clause it breaks, or {@code none}
   * @param transport what it was run over
   * @param killedBy the clauses whose rules failed
   * @param messages what those rules said
   * @param passed how many rules passed
   */
  record Line(
      String mutant,
      String clause,
      Transport transport,
      List<String> killedBy,
      List<String> messages,
      int passed) {}

  @Test
  void everyMutantIsKilledByItsOwnRuleAndByNoOther() throws Exception {
    List<Mutant> mutants = Mutants.all();
    List<Line> matrix = run(mutants);
    write(matrix);

    for (int i = 0; i < mutants.size(); i++) {
      Mutant mutant = mutants.get(i);
      Line line = matrix.get(i);
      assertThat(line.killedBy())
          .as(mutant.name())
          .containsExactlyInAnyOrderElementsOf(mutant.killers());
      assertThat(line.messages())
          .as(mutant.name())
          .anySatisfy(message -> assertThat(message).contains(mutant.message()));
    }
    for (Line line : matrix.subList(mutants.size(), matrix.size())) {
      assertThat(line.killedBy()).as("unmutated over " + line.transport()).isEmpty();
      assertThat(line.passed())
          .as("the unmutated server passes every rule of its transport")
          .isEqualTo(rulesOver(line.transport()));
    }
  }

  @Test
  void everyRuledClauseHasItsMutant() throws Exception {
    assertThat(Mutants.all())
        .extracting(Mutant::clause)
        .containsExactlyInAnyOrderElementsOf(
            Ledger.load().ruled().stream().map(Clause::id).toList());
    assertThat(Mutants.all()).extracting(Mutant::name).doesNotHaveDuplicates();
  }

  private static int rulesOver(Transport transport) {
    return (int) Rules.all().stream().filter(rule -> rule.transports().contains(transport)).count();
  }

  /** The mutants in their order, then the server as it is over each transport. */
  private List<Line> run(List<Mutant> mutants) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(PARALLEL)) {
      List<Future<Line>> lines = new ArrayList<>();
      for (Mutant mutant : mutants) {
        BundledOptions options = BundledOptions.mutant(mutant.name());
        lines.add(
            pool.submit(() -> line(mutant.name(), mutant.clause(), options, mutant.transport())));
      }
      // The other transports, and the older revisions: EveryWireIT.
      for (Transport transport : List.of(Transport.HTTP, Transport.STDIO)) {
        lines.add(pool.submit(() -> line("none", "none", BundledOptions.plain(), transport)));
      }
      List<Line> matrix = new ArrayList<>();
      for (Future<Line> line : lines) {
        matrix.add(line.get());
      }
      return matrix;
    }
  }

  private Line line(String mutant, String clause, BundledOptions options, Transport transport)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve(mutant + "-" + transport.id()));
    try (Target bundled = Targets.bundled(Installation.current(), options)) {
      SuiteResult result = judge(new OneTransport(bundled, transport), own);
      List<String> killedBy = new ArrayList<>();
      List<String> messages = new ArrayList<>();
      int passed = 0;
      for (CheckResult check : result.checks()) {
        switch (check.verdict()) {
          case Verdict.Fail fail -> {
            killedBy.add(check.id());
            fail.findings().stream().map(Finding::summary).forEach(messages::add);
          }
          case Verdict.HarnessFault fault -> killedBy.add("harness: " + fault.cause());
          case Verdict.Pass pass -> passed++;
          case Verdict.NotObserved notObserved -> {}
          case Verdict.NotApplicable notApplicable -> {}
        }
      }
      return new Line(mutant, clause, transport, killedBy, messages, passed);
    }
  }

  private static SuiteResult judge(Target target, Path folder) throws Exception {
    Path raw = Files.createDirectories(folder.resolve("raw/conformance"));
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.DESTRUCTIVE, false);
    return new ConformanceSuite(ConformanceOptions.all())
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
              line.passed(),
              String.join(" | ", line.messages())));
    }
    Files.writeString(target.resolve("kill-matrix.txt"), table.toString());
  }
}

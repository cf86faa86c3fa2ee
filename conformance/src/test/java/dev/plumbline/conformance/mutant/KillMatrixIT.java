package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.kill.KillMatrix;
import dev.plumbline.conformance.kill.KillMatrix.Kill;
import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.conformance.kill.KillMatrixJudge;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.mutant.Mutants.Mutant;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeOptions;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
 * is by none. The rules of its page run on each; with {@code PLUMBLINE_KILL=era} in the environment
 * every rule of its era does over HTTP, where one warm process serves all mutants, and with {@code
 * all} every rule there is, also over stdio, where every rule starts a process. {@code NAME,NAME}
 * looks at these mutants alone. What was seen stays in {@code target/kill-matrix}.
 */
class KillMatrixIT {
  /** How many servers run at the same time. */
  private static final int PARALLEL = 6;

  private static final String WANTED =
      Optional.ofNullable(System.getenv("PLUMBLINE_KILL")).orElse("");

  /** Whether every rule runs on every mutant. */
  private static final boolean ALL = "all".equals(WANTED);

  /** Whether every rule of its era runs on every mutant over HTTP. */
  private static final boolean ERA = "era".equals(WANTED);

  /** The mutants to look at, beside the server as it is; all when nobody named any. */
  private static final Set<String> ONLY =
      ALL || ERA || WANTED.isEmpty() ? Set.of() : Set.of(WANTED.split(",", -1));

  /** The server that speaks the stateless era alone: another one without a defect. */
  private static final String ONE_ERA = "stateless-only";

  /** The server that completes nothing: another one without a defect. */
  private static final String NO_COMPLETION = "without-completion";

  /**
   * Both catalogues of the server as it is, the one that asks for tokens, and the revisions that
   * have clauses of their own.
   */
  private static final List<Mutant> CONTROLS =
      List.of(
          control(Line.NONE, Transport.HTTP),
          control(Line.NONE, Transport.HTTP).withFixture(),
          control(Line.NONE, Transport.HTTP).withFixture().asked(),
          control(Line.NONE, Transport.HTTP).withFixture().asked().in("2025-06-18"),
          control(Line.NONE, Transport.HTTP).withFixture().asked().in("2025-03-26"),
          control(ONE_ERA, Transport.HTTP),
          control(NO_COMPLETION, Transport.HTTP),
          control(Line.NONE, Transport.STDIO).withFixture(),
          control(Line.NONE, Transport.HTTP).in("2025-06-18"),
          control(Line.NONE, Transport.HTTP).in("2025-03-26"));

  private static final Ledger LEDGER = ledger();

  /** Where the recordings stay, for {@link RecordedMatrix}; nowhere when it is not set. */
  private static final Optional<Path> RECORDINGS =
      Optional.ofNullable(System.getenv("PLUMBLINE_KILL_RECORDINGS")).map(Path::of);

  /** Where the matrix stays, for the evidence of the build. */
  private static final Path FOLDER = Path.of("target/kill-matrix");

  @TempDir Path folder;

  @Test
  void everyMutantIsKilledByItsOwnRuleAndByNoOther() throws Exception {
    List<Mutant> mutants =
        Mutants.all().stream().filter(m -> ONLY.isEmpty() || ONLY.contains(m.name())).toList();
    List<Line> matrix = run(mutants);
    Path written = write(matrix);

    SoftAssertions all = new SoftAssertions();
    for (CheckResult check : new KillMatrixJudge().judge(written).checks()) {
      all.assertThat(check.verdict()).as(check.title()).isInstanceOf(Verdict.Pass.class);
    }
    all.assertAll();
    Set<String> passed = new HashSet<>();
    for (Line line : matrix.subList(mutants.size(), matrix.size())) {
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
        .extracting(mutant -> mutant.name() + " over " + mutant.transport() + mutant.revision())
        .doesNotHaveDuplicates();
  }

  private static Ledger ledger() {
    try {
      return Ledger.load();
    } catch (HarnessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mutant control(String name, Transport transport) {
    return new Mutant(name, Line.NONE, transport, "", List.of(), false, false, "");
  }

  /** The mutants in their order, then the server as it is over each transport. */
  private List<Line> run(List<Mutant> mutants) throws Exception {
    try (Hosted host = new Hosted();
        ExecutorService pool = Executors.newFixedThreadPool(PARALLEL)) {
      List<Future<Line>> lines = new ArrayList<>();
      for (Mutant mutant : mutants) {
        lines.add(pool.submit(() -> line(host, mutant, rules(mutant))));
      }
      // Everything else over the other transports and in the older revisions: EveryWireIT.
      for (Mutant control : CONTROLS) {
        List<Rule> rules = controlRules(control, owed(mutants));
        // A server that asks nobody for tokens passes no rule about them, and the other way round.
        boolean alike =
            ONLY.isEmpty() || mutants.stream().anyMatch(m -> m.guarded() == control.guarded());
        if (alike && !rules.isEmpty()) {
          lines.add(pool.submit(() -> line(host, control, rules)));
        }
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
                (ERA && mutant.transport() == Transport.HTTP)
                    || mutant.killers().contains(rule.clause())
                    || (clause(rule.clause()).page().equals(page)
                        && (mutant.transport() == Transport.HTTP
                            || !rule.transports().contains(Transport.HTTP))))
        .toList();
  }

  /**
   * Over stdio only what nothing else carries, since every rule there starts a process; in older
   * revisions only what no longer holds.
   */
  private static List<Rule> controlRules(Mutant control, Set<String> owed) {
    return Rules.all().stream()
        .filter(rule -> owed.contains(rule.clause()))
        .filter(rule -> control.isFor(rule.requires()))
        .filter(rule -> !control.name().equals(ONE_ERA) || rule.requires().era() == Era.STATELESS)
        .filter(
            rule ->
                ALL
                    || control.transport() == Transport.HTTP
                    || !rule.transports().contains(Transport.HTTP))
        .toList();
  }

  private static Clause clause(String id) {
    return LEDGER.clause(id).orElseThrow();
  }

  private Line line(Hosted host, Mutant mutant, List<Rule> rules) throws Exception {
    String run =
        mutant.name()
            + "-"
            + mutant.transport().id()
            + (mutant.fixture() ? "-f" : "")
            + (mutant.guarded() ? "-g" : "")
            + mutant.revision();
    Path own = Files.createDirectories(RECORDINGS.orElse(folder).resolve(run));
    try (Target target = target(host, mutant)) {
      SuiteResult result = judge(target, probe(mutant), rules, own);
      host.stop(target);
      Line line = line(mutant, result);
      Json.write(own.resolve(RecordedMatrix.LINE), line);
      return line;
    }
  }

  private static Target target(Hosted host, Mutant mutant) throws Exception {
    if (mutant.guarded()) {
      return host.guarded(mutant.name(), mutant.fixture());
    }
    return mutant.transport() == Transport.HTTP
        ? host.http(mutant.name(), mutant.fixture())
        : Hosted.stdio(mutant.name(), mutant.fixture());
  }

  static Line line(Mutant mutant, SuiteResult result) {
    List<Kill> killedBy = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    for (CheckResult check : result.checks()) {
      switch (check.verdict()) {
        case Verdict.Fail fail ->
            killedBy.add(new Kill(check.id(), fail.findings().getFirst().summary()));
        case Verdict.HarnessFault fault -> killedBy.add(new Kill(check.id(), "harness: " + fault));
        case Verdict.Pass pass -> passed.add(check.id());
        case Verdict.NotObserved notObserved -> {}
        case Verdict.NotApplicable notApplicable -> {}
      }
    }
    return new Line(
        mutant.name(),
        mutant.clause(),
        mutant.transport(),
        mutant.clause().equals(Line.NONE) ? List.of() : mutant.killers(),
        mutant.message(),
        killedBy,
        passed);
  }

  private static Probe probe(Mutant mutant) {
    return mutant.revision().isEmpty()
        ? new Probe()
        : new Probe(ProbeOptions.none().asking(mutant.revision()));
  }

  private static SuiteResult judge(Target target, Probe probe, List<Rule> rules, Path folder)
      throws Exception {
    Path raw = Files.createDirectories(folder.resolve("raw/conformance"));
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.DESTRUCTIVE, false);
    return new ConformanceSuite(new ConformanceOptions(rules))
        .run(
            target,
            probe.run(target, folder.resolve("probe.json")),
            new SuiteContext(settings, raw, Progress.SILENT));
  }

  /** Into the evidence of the build, when it is about all mutants. */
  private Path write(List<Line> matrix) throws Exception {
    Path out = Files.createDirectories(ONLY.isEmpty() ? FOLDER : folder.resolve("matrix"));
    Json.write(
        out.resolve(KillMatrix.FILE),
        new KillMatrix(
            KillMatrix.SCHEMA, Installation.current().serverDigest(), matrix.size(), matrix));
    return out;
  }
}

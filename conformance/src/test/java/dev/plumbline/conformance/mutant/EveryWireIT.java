package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeOptions;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.run.ConformanceJudge;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule over every transport in every revision: the bundled server, fixture included, breaks
 * none. The table is {@code target/wires.txt}. Over stdio every rule starts a process: the run that
 * leaves the evidence does so in the newest revision of each era, and here it is left to runs with
 * {@code PLUMBLINE_WIRES=all} in the environment, as the pipeline's.
 */
class EveryWireIT {
  private static final List<String> REVISIONS =
      List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28");

  private static final boolean ALL = "all".equals(System.getenv("PLUMBLINE_WIRES"));

  /** How many rows are looked at at the same time. */
  private static final int PARALLEL = 4;

  /** A process for each conversation takes longest. */
  private static final List<Transport> SLOWEST_FIRST =
      Arrays.stream(Transport.values())
          .sorted(Comparator.comparing(transport -> transport != Transport.STDIO))
          .toList();

  @TempDir Path folder;

  /**
   * One cell of the table.
   *
   * @param passed the rules that passed
   * @param notApplicable the rules that do not bind there or saw nothing, with the reason; that
   *     each passes somewhere is for {@link KillMatrixIT} to say
   * @param others everything else: what is wrong
   */
  private record Cell(int passed, List<String> notApplicable, List<String> others) {
    String figures() {
      return passed + "/" + notApplicable.size();
    }
  }

  @Test
  void nothingIsFoundOverAnyTransportInAnyRevision() throws Exception {
    StringBuilder table = new StringBuilder();
    List<String> wrong = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(PARALLEL)) {
      Map<Transport, List<Future<Map<String, Cell>>>> rows = new EnumMap<>(Transport.class);
      for (Transport transport : SLOWEST_FIRST) {
        rows.put(
            transport, rows(transport).map(row -> pool.submit(() -> row(transport, row))).toList());
      }
      table.append(String.format("%-10s", "passed/n.a."));
      REVISIONS.forEach(revision -> table.append(String.format(" %10s", revision)));
      table.append('\n');
      for (Transport transport : Transport.values()) {
        table.append(String.format("%-11s", transport.id()));
        Map<String, Cell> cells = new HashMap<>();
        for (Future<Map<String, Cell>> row : Objects.requireNonNull(rows.get(transport))) {
          cells.putAll(row.get());
        }
        for (String revision : REVISIONS) {
          Optional<Cell> cell = Optional.ofNullable(cells.get(revision));
          table.append(String.format(" %10s", cell.map(Cell::figures).orElse("not run")));
          cell.stream()
              .flatMap(seen -> seen.others().stream())
              .forEach(what -> wrong.add(transport.id() + " " + revision + " " + what));
        }
        table.append('\n');
      }
    } finally {
      Files.createDirectories(Path.of("target"));
      Files.writeString(Path.of("target/wires.txt"), table + String.join("\n", wrong));
    }
    assertThat(wrong).isEmpty();
  }

  /** Over stdio nothing is shared; elsewhere one server says how much of its work is under way. */
  private static Stream<List<String>> rows(Transport transport) {
    if (transport == Transport.STDIO) {
      return ALL ? REVISIONS.stream().map(List::of) : Stream.empty();
    }
    return Stream.of(REVISIONS);
  }

  /** Some revisions over one transport, one after the other, with a server of their own. */
  private Map<String, Cell> row(Transport transport, List<String> revisions) throws Exception {
    BundledOptions options = BundledOptions.plain().everywhere().withFixture();
    try (Target bundled = Targets.bundled(Installation.current(), options)) {
      Map<String, Cell> cells = new HashMap<>();
      for (String revision : revisions) {
        cells.put(revision, cell(bundled, transport, revision));
      }
      return cells;
    }
  }

  private Cell cell(Target bundled, Transport transport, String revision) throws Exception {
    Era era = revision.equals(Era.STATELESS.revision()) ? Era.STATELESS : Era.HANDSHAKE;
    Path own = folder.resolve(transport.id() + "-" + revision);
    Path raw = Files.createDirectories(own.resolve("raw/conformance"));
    Target target = new OneTransport(bundled, transport);
    ProbeReport probe =
        // 2024-11-05 has no annotations: there the owner says which tool changes nothing.
        new Probe(new ProbeOptions(Set.of("about", "echo"), 0).asking(revision))
            .run(target, own.resolve("probe.json"));
    assertThat(probe.era(era, transport))
        .as("%s %s: %s", transport.id(), revision, Files.readString(own.resolve("probe.json")))
        .hasValueSatisfying(known -> assertThat(known.revision()).isEqualTo(revision));
    List<Rule> rules = Rules.all().stream().filter(rule -> rule.requires().era() == era).toList();
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.DESTRUCTIVE, false);
    SuiteResult result =
        new ConformanceSuite(new ConformanceOptions(rules))
            .run(target, probe, new SuiteContext(settings, raw, Progress.SILENT));
    assertThat(new ConformanceJudge().judge(raw)).isEqualTo(result);
    int passed = 0;
    List<String> notApplicable = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (CheckResult check : result.checks()) {
      switch (check.verdict()) {
        case Verdict.Pass pass -> passed++;
        case Verdict.NotApplicable not -> notApplicable.add(check.id() + ": " + not.reason());
        case Verdict.Fail fail ->
            fail.findings()
                .forEach(f -> others.add(check.id() + " " + f.summary() + " " + f.actual()));
        case Verdict.NotObserved not ->
            notApplicable.add(check.id() + " not observed: " + not.missing());
        case Verdict.HarnessFault fault -> others.add(check.id() + " fault: " + fault.cause());
      }
    }
    return new Cell(passed, notApplicable, others);
  }
}

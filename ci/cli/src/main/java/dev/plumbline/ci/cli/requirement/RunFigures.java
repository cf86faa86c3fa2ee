package dev.plumbline.ci.cli.requirement;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What runs found of the bundled server, by id: of every check the newest that was observed. Read
 * as it lies in the folders; whether a folder is what was signed is for {@code evidence verify}.
 */
public final class RunFigures {
  /** Older runs are not looked at. */
  private static final int MOST = 50;

  private final Map<String, Seen> checks = new HashMap<>();
  private final Map<String, Gated> gates = new HashMap<>();
  private final List<String> runs = new ArrayList<>();

  private record Seen(String run, List<CheckResult> results) {}

  private record Gated(String run, GateOutcome outcome) {}

  /** No run at all. */
  public RunFigures() {}

  /** The runs that were read, oldest first. */
  public List<String> runs() {
    return List.copyOf(runs);
  }

  /**
   * The folders of runs below the output folder, oldest first; none when there is no such folder.
   *
   * @throws IOException when it cannot be read
   */
  public static List<Path> below(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(out)) {
      List<Path> all =
          found.filter(folder -> Files.exists(new RunFolder(folder).run())).sorted().toList();
      return all.subList(Math.max(0, all.size() - MOST), all.size());
    }
  }

  /**
   * Reads one run; what it observed replaces what earlier ones did.
   *
   * @throws IOException when a file of it is missing or malformed
   */
  public void read(Path root) throws IOException {
    RunFolder folder = new RunFolder(root);
    RunManifest run = Json.read(folder.run(), RunManifest.class);
    if (run.target().kind() != TargetIdentity.Kind.BUNDLED) {
      return;
    }
    runs.add(run.runId());
    for (Suite suite : run.suites()) {
      if (Files.exists(folder.result(suite))) {
        Map<String, List<CheckResult>> found = new HashMap<>();
        for (CheckResult check : Json.read(folder.result(suite), SuiteResult.class).checks()) {
          if (check.verdict() instanceof Verdict.Pass || check.verdict() instanceof Verdict.Fail) {
            found.computeIfAbsent(check.id(), _ -> new ArrayList<>()).add(check);
          }
        }
        found.forEach((id, results) -> checks.put(id, new Seen(run.runId(), results)));
      }
    }
    if (Files.exists(folder.decision())) {
      for (GateOutcome gate : Json.read(folder.decision(), DecisionRecord.class).gates()) {
        if (gate.state() != GateOutcome.State.NOT_EVALUATED) {
          gates.put(gate.id(), new Gated(run.runId(), gate));
        }
      }
    }
  }

  /** What a check came to, over all wires and eras it was made on. */
  Shown of(Reference.Check check) {
    Seen seen = checks.get(check.text());
    if (seen == null) {
      return Shown.notRun(check, "no run observed it");
    }
    long examined = 0;
    boolean missed = false;
    List<Measurement> numbers = new ArrayList<>();
    for (CheckResult result : seen.results()) {
      switch (result.verdict()) {
        case Verdict.Pass pass -> examined += pass.examined();
        case Verdict.Fail _ -> missed = true;
        default -> {}
      }
      result.measurements().stream()
          .filter(number -> !number.name().startsWith("generator"))
          .forEach(numbers::add);
    }
    numbers.sort((a, b) -> Boolean.compare(a.limit() == null, b.limit() == null));
    if (numbers.isEmpty()) {
      numbers.add(Measurement.of("examined", (double) examined, "1", examined));
    }
    String title = seen.results().getFirst().title();
    return new Shown(
        check.text(),
        missed ? Shown.Outcome.MISSED : Shown.Outcome.HELD,
        numbers,
        title,
        seen.run());
  }

  /** What a gate said. */
  Shown of(Reference.Gate gate) {
    Gated said = gates.get(gate.text());
    if (said == null) {
      return Shown.notRun(gate, "no run asked it");
    }
    GateOutcome outcome = said.outcome();
    int objections = outcome.objections().size();
    return new Shown(
        gate.text(),
        objections == 0 ? Shown.Outcome.HELD : Shown.Outcome.MISSED,
        List.of(Measurement.atMost("objections", objections, "1", 0, 1)),
        outcome.title() + ": " + outcome.value(),
        said.run());
  }
}

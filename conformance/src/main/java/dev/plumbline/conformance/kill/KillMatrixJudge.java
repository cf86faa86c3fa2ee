package dev.plumbline.conformance.kill;

import dev.plumbline.conformance.kill.KillMatrix.Kill;
import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges the kill matrix: a mutant is killed when its own rule fails with its own message, every
 * other rule that must notice it fails, and no further one does; the server as it is, by none.
 */
public final class KillMatrixJudge implements Judge {
  private static final String RAW = "raw/mutants/" + KillMatrix.FILE;

  @Override
  public Suite suite() {
    return Suite.MUTANTS;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    KillMatrix matrix = Json.read(raw.resolve(KillMatrix.FILE), KillMatrix.class);
    if (!matrix.schema().equals(KillMatrix.SCHEMA)) {
      throw new IOException(KillMatrix.FILE + ": unknown form " + matrix.schema());
    }
    List<CheckResult> checks = new ArrayList<>();
    Map<String, Integer> controls = new TreeMap<>();
    int mutants = 0;
    int killed = 0;
    for (Line line : matrix.lines()) {
      // The server as it is may have been judged in several forms over one transport.
      int form = controls.merge(line.mutant() + line.transport(), 1, Integer::sum);
      CheckResult check = check(line, form);
      checks.add(check);
      if (!line.control()) {
        mutants++;
        killed += check.verdict() instanceof Verdict.Pass ? 1 : 0;
      }
    }
    return new SuiteResult(
        Suite.MUTANTS, checks, Map.of("killed", killed + " of " + mutants + " mutants"));
  }

  private static CheckResult check(Line line, int form) {
    String name = line.mutant() + "-" + line.transport().id() + (form > 1 ? "-" + form : "");
    return new CheckResult(
        "MU-" + name.replaceAll("[^A-Za-z0-9]", "-").toUpperCase(Locale.ROOT),
        line.control()
            ? "the server without a defect is failed by no rule"
            : "the defect " + line.mutant() + " is noticed by the rule of " + line.clause(),
        Level.MUST,
        null,
        line.transport(),
        "conformance/mutants",
        line.control() ? control(line) : mutant(line),
        List.of(),
        List.of(RAW));
  }

  private static Verdict control(Line line) {
    if (!line.killedBy().isEmpty()) {
      return fail(line, "no rule fails", "repair these rules: they fail a server that keeps them");
    }
    return line.passed().isEmpty()
        ? new Verdict.NotObserved("no rule ran on the server as it is")
        : new Verdict.Pass(line.passed().size());
  }

  private static Verdict mutant(Line line) {
    List<String> killedBy = line.killedBy().stream().map(Kill::clause).sorted().toList();
    List<String> killers = line.killers().stream().sorted().toList();
    Optional<Kill> own =
        line.killedBy().stream()
            .filter(kill -> kill.clause().equals(line.clause()))
            .min(Comparator.comparing(Kill::finding));
    if (!killers.contains(line.clause())
        || !killedBy.equals(killers)
        || own.filter(kill -> kill.finding().contains(line.message())).isEmpty()) {
      return fail(
          line,
          String.join(", ", killers) + " fail, with \"" + line.message() + "\"",
          "sharpen the rule of " + line.clause() + ", or narrow the others");
    }
    return new Verdict.Pass(killedBy.size());
  }

  private static Verdict fail(Line line, String expected, String fix) {
    String actual =
        line.killedBy().isEmpty()
            ? "no rule fails"
            : line.killedBy().stream()
                .map(kill -> kill.clause() + " fails: " + kill.finding())
                .collect(Collectors.joining("; "));
    return new Verdict.Fail(
        new Finding(
            line.control()
                ? "A rule fails the server that has no defect"
                : "The defect " + line.mutant() + " is not noticed as it must be",
            "the rules of its page over " + line.transport().id(),
            actual,
            expected,
            actual,
            fix,
            List.of(RAW)));
  }
}

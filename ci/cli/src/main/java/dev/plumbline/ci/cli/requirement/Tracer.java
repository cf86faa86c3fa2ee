package dev.plumbline.ci.cli.requirement;

import dev.plumbline.ci.cli.requirement.BuildReports.Outcome;
import dev.plumbline.ci.cli.requirement.BuildReports.TestRun;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.supplychain.ReachedLines;
import java.util.List;

/**
 * Puts beside every requirement what runs and the build found of it.
 *
 * @param runs what runs found
 * @param build what the last build reported
 */
public record Tracer(RunFigures runs, BuildReports build) {
  /** Decision C12: so many lines in a hundred. */
  private static final double LEAST_COVERED = 80;

  private static final double PERCENT = 100;
  private static final String BUILD = "the last build";

  /** All of them, in their order. */
  public List<Traced> trace(List<Requirement> requirements) {
    return requirements.stream()
        .map(one -> Traced.of(one, one.by().stream().map(this::shown).toList()))
        .toList();
  }

  private Shown shown(Reference reference) {
    return switch (reference) {
      case Reference.Check check -> runs.of(check);
      case Reference.Gate gate -> runs.of(gate);
      case Reference.Coverage coverage -> coverage(coverage);
      case Reference.Tests all ->
          tests(
              all,
              build.tests().stream()
                  .filter(test -> test.integration() == all.integration())
                  .toList());
      case Reference.Test test ->
          tests(
              test,
              build.tests().stream()
                  .filter(run -> test.means(run.type()))
                  .filter(run -> test.method().isEmpty() || run.method().equals(test.method()))
                  .toList());
    };
  }

  private static Shown tests(Reference reference, List<TestRun> runs) {
    long skipped = count(runs, Outcome.SKIPPED);
    long failed = count(runs, Outcome.FAILED);
    long run = runs.size() - skipped;
    if (run == 0) {
      return Shown.notRun(
          reference, skipped == 0 ? "no report of it: mvn verify makes one" : "skipped");
    }
    return new Shown(
        reference.text(),
        failed == 0 ? Shown.Outcome.HELD : Shown.Outcome.MISSED,
        List.of(
            Measurement.atMost("tests failed", (double) failed, "1", 0, run),
            Measurement.of("tests run", (double) run, "1", run)),
        "tests",
        BUILD);
  }

  private static long count(List<TestRun> runs, Outcome outcome) {
    return runs.stream().filter(run -> run.outcome() == outcome).count();
  }

  private Shown coverage(Reference.Coverage coverage) {
    List<ReachedLines.Room> rooms =
        build.packages().stream()
            .filter(
                room -> coverage.room().isEmpty() || room.name().endsWith("." + coverage.room()))
            .toList();
    long covered = rooms.stream().mapToLong(ReachedLines.Room::covered).sum();
    long all = rooms.stream().mapToLong(ReachedLines.Room::lines).sum();
    if (all == 0) {
      return Shown.notRun(coverage, "no report of it: mvn verify makes one");
    }
    Measurement share =
        Measurement.atLeast(
            "lines reached by tests",
            Math.floor(10 * PERCENT * covered / all) / 10.0,
            "%",
            LEAST_COVERED,
            all);
    return new Shown(
        coverage.text(),
        share.holds() ? Shown.Outcome.HELD : Shown.Outcome.MISSED,
        List.of(share),
        "coverage",
        BUILD);
  }
}

package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same rules on many servers: {@code grid.json}, from which {@code grid.html} is made.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param harness Plumbline's version
 * @param seed the seed in hexadecimal, the same for all
 * @param started when the first server was asked
 * @param ended when the last one was judged
 * @param columns one for each server, in the order of the file
 * @param count how many columns there are; written last
 */
public record Grid(
    String schema,
    String harness,
    String seed,
    Instant started,
    Instant ended,
    List<Column> columns,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/grid/v1";

  /** Copies the list. */
  public Grid {
    columns = List.copyOf(columns);
  }

  /** A grid in the current form. */
  public Grid(String harness, String seed, Instant started, Instant ended, List<Column> columns) {
    this(SCHEMA, harness, seed, started, ended, columns, columns.size());
  }

  /**
   * One server.
   *
   * @param name how the user calls it
   * @param decision what its run ended in: {@code GO}, {@code NO-GO}, …, {@code NOT REACHABLE}
   * @param exitCode what a run of this server alone would end with
   * @param problem why there is no result, or not all of it; empty when there is
   * @param report the run's own report, relative to the grid; empty when there is none
   * @param millis how long it took
   * @param target who was judged; null when it could not be reached
   * @param checks what was concluded about each clause
   */
  public record Column(
      String name,
      String decision,
      int exitCode,
      String problem,
      String report,
      long millis,
      @Nullable TargetIdentity target,
      List<CheckResult> checks) {
    /** Copies the list. */
    public Column {
      checks = List.copyOf(checks);
    }

    /** The same under another name. */
    public Column named(String other) {
      return new Column(other, decision, exitCode, problem, report, millis, target, checks);
    }

    /** What was concluded about a clause; empty when it was not considered. */
    public Optional<CheckResult> check(String clause) {
      return checks.stream().filter(check -> check.id().equals(clause)).findFirst();
    }

    /** How many checks came out one way. */
    public long count(Class<? extends Verdict> verdict) {
      return checks.stream().filter(check -> verdict.isInstance(check.verdict())).count();
    }
  }
}

package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What two servers, or two versions of one, have apart: {@code diff.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param seed the seed in hexadecimal; both when they differ
 * @param a what is compared with
 * @param b what is compared
 * @param rows one for each clause, in the order of the rules
 * @param count how many rows there are; written last
 */
public record Comparison(String schema, String seed, Side a, Side b, List<Row> rows, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/diff/v1";

  /** Copies the list. */
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * One side.
   *
   * @param name how the user calls it
   * @param decision what its run ended in
   * @param problem why its result is not whole; empty when it is
   * @param report the run's own report; empty when there is none
   */
  public record Side(String name, String decision, String problem, String report) {
    static Side of(Column column) {
      return new Side(column.name(), column.decision(), column.problem(), column.report());
    }
  }

  /** How B stands to A. */
  public enum Change {
    /** B breaks what A does not break. */
    WORSE,
    /** A breaks what B does not break. */
    BETTER,
    /** The verdicts differ otherwise, or both break it, each in its own way. */
    OTHER,
    /** No difference. */
    SAME
  }

  /**
   * One clause.
   *
   * @param clause its id
   * @param level its weight
   * @param title the requirement
   * @param page where it stands
   * @param change how B stands to A
   * @param a what was concluded about A; empty when the clause was not considered there
   * @param b the same about B
   */
  public record Row(
      String clause,
      Level level,
      String title,
      String page,
      Change change,
      Optional<CheckResult> a,
      Optional<CheckResult> b) {
    /** What was concluded about A, as a word and its reason. */
    public String saidOfA() {
      return said(a);
    }

    /** What was concluded about B. */
    public String saidOfB() {
      return said(b);
    }

    private static String said(Optional<CheckResult> check) {
      return check
          .map(c -> Text.verdict(c.verdict()) + because(c.verdict()))
          .orElse("not considered");
    }

    private static String because(Verdict verdict) {
      return verdict instanceof Verdict.Pass ? "" : ": " + Cell.reason(verdict);
    }
  }

  /** Compares two columns. Pure. */
  public static Comparison of(String seed, Column a, Column b) {
    Set<String> clauses = new LinkedHashSet<>();
    a.checks().forEach(check -> clauses.add(check.id()));
    b.checks().forEach(check -> clauses.add(check.id()));
    List<Row> rows = new ArrayList<>();
    for (String clause : clauses) {
      Optional<CheckResult> ofA = a.check(clause);
      Optional<CheckResult> ofB = b.check(clause);
      CheckResult any = ofA.or(() -> ofB).orElseThrow();
      rows.add(new Row(clause, any.level(), any.title(), any.page(), change(ofA, ofB), ofA, ofB));
    }
    return new Comparison(SCHEMA, seed, Side.of(a), Side.of(b), rows, rows.size());
  }

  private static Change change(Optional<CheckResult> a, Optional<CheckResult> b) {
    Cell ofA = Cell.of(a);
    Cell ofB = Cell.of(b);
    if (ofA == Cell.ABSENT || ofB == Cell.ABSENT) {
      return Change.OTHER; // not the same rules: nothing follows
    }
    if (ofA != ofB) {
      return ofB == Cell.FAIL ? Change.WORSE : ofA == Cell.FAIL ? Change.BETTER : Change.OTHER;
    }
    return ofA != Cell.FAIL || summaries(a).equals(summaries(b)) ? Change.SAME : Change.OTHER;
  }

  private static List<String> summaries(Optional<CheckResult> check) {
    return check.isPresent() && check.get().verdict() instanceof Verdict.Fail(var findings)
        ? findings.stream().map(Finding::summary).distinct().toList()
        : List.of();
  }

  /** How many clauses changed one way. */
  public long count(Change change) {
    return rows.stream().filter(row -> row.change() == change).count();
  }
}

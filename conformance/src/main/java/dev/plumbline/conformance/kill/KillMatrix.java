package dev.plumbline.conformance.kill;

import dev.plumbline.evidence.model.Transport;
import java.util.List;

/**
 * Which rules noticed which planted defect: {@code kill-matrix.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param server SHA-256 of the jar of the bundled server whose mutants were judged
 * @param count how many lines, so that a shortened matrix is noticed
 * @param lines one a mutant and transport; a line without a clause is the server as it is
 */
public record KillMatrix(String schema, String server, int count, List<Line> lines) {
  /** The version of this form. */
  public static final String SCHEMA = "plumbline/kill-matrix/v2";

  /** The name of the file. */
  public static final String FILE = "kill-matrix.json";

  /** Copies the lines, and counts them. */
  public KillMatrix {
    lines = List.copyOf(lines);
    if (count != lines.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " lines, the matrix has " + lines.size());
    }
  }

  /**
   * What the rules said of one server.
   *
   * @param mutant the planted defect, or {@code none}
   * @param clause the clause it breaks, or {@code none}
   * @param transport what it was run over
   * @param killers the clauses whose rules must fail, the mutant's own first
   * @param message words that the finding of its own rule must hold
   * @param killedBy the rules that failed, and what they said first
   * @param passed the clauses whose rules passed
   */
  public record Line(
      String mutant,
      String clause,
      Transport transport,
      List<String> killers,
      String message,
      List<Kill> killedBy,
      List<String> passed) {
    /** The name of the server as it is, and of the clause that a server without a defect breaks. */
    public static final String NONE = "none";

    /** Copies the lists. */
    public Line {
      killers = List.copyOf(killers);
      killedBy = List.copyOf(killedBy);
      passed = List.copyOf(passed);
    }

    /** Whether this is the server without a defect. */
    public boolean control() {
      return clause.equals(NONE);
    }
  }

  /**
   * A rule that failed.
   *
   * @param clause its clause
   * @param finding the summary of its first finding
   */
  public record Kill(String clause, String finding) {}
}

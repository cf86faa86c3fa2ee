package dev.plumbline.conformance.run;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the run of each applicable rule went: {@code outcomes.json}, written when the suite ends, in
 * whatever way. Sealed by its count.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param complete false when the suite was stopped before its end
 * @param outcomes one for each rule that was reached
 * @param count how many there are; written last
 */
public record Outcomes(String schema, boolean complete, List<Outcome> outcomes, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/conformance-outcomes/v1";

  /** The file's name. */
  public static final String FILE = "outcomes.json";

  /** What became of a rule. */
  public enum Kind {
    /** Its recording is there. */
    RECORDED,
    /** It was not run. */
    SKIPPED,
    /** It broke. */
    FAULT
  }

  /**
   * One rule.
   *
   * @param clause the clause it judges
   * @param kind what became of it
   * @param text why it was skipped or how it broke; when it was recorded the clause whose recording
   *     it shares, or empty when it has one of its own
   */
  public record Outcome(String clause, Kind kind, String text) {}

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public Outcomes {
    outcomes = List.copyOf(outcomes);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != outcomes.size()) {
      throw new IllegalArgumentException("sealed with " + count + ", found " + outcomes.size());
    }
  }

  /** In the current form. */
  public Outcomes(boolean complete, List<Outcome> outcomes) {
    this(SCHEMA, complete, outcomes, outcomes.size());
  }

  /** What became of the rule of that clause. */
  public Optional<Outcome> of(String clause) {
    return outcomes.stream().filter(o -> o.clause().equals(clause)).findFirst();
  }

  static Outcomes read(Path raw) throws IOException {
    return Json.read(raw.resolve(FILE), Outcomes.class);
  }
}

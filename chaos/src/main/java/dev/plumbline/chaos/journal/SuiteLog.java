package dev.plumbline.chaos.journal;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The suite's own file, {@code suite.json}: what was planned and what became of it.
 *
 * @param schema the version of the form, {@link #SCHEMA}
 * @param backend the fault proxy in words, or why there was none
 * @param planned the failure modes in order
 * @param complete false when the run was cut short
 * @param count how many modes are planned; written last, so that a truncated file is refused
 */
public record SuiteLog(
    String schema, String backend, List<Planned> planned, boolean complete, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/chaos-suite/v1";

  /** The file's name. */
  public static final String FILE = "suite.json";

  /**
   * One failure mode.
   *
   * @param mode its id
   * @param file its file; empty when it was not run
   * @param notApplicable why it does not apply; empty when it does
   */
  public record Planned(String mode, String file, String notApplicable) {}

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public SuiteLog {
    planned = List.copyOf(planned);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != planned.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " modes, found " + planned.size());
    }
  }

  /** A log in the current form. */
  public SuiteLog(String backend, List<Planned> planned, boolean complete) {
    this(SCHEMA, backend, planned, complete, planned.size());
  }

  /** Reads the file from the suite's raw folder. */
  public static SuiteLog read(Path raw) throws IOException {
    return Json.read(raw.resolve(FILE), SuiteLog.class);
  }

  /** Writes the file into the suite's raw folder. */
  public void write(Path raw) throws IOException {
    Json.write(raw.resolve(FILE), this);
  }
}

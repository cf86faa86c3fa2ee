package dev.plumbline.perf.raw;

/**
 * How Gatling ran, beside the report it wrote: {@code journey.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param slo the objective's id
 * @param request what each session does, in words
 * @param perSecond sessions that began a second
 * @param warmUpSeconds how long they warmed up
 * @param seconds how long they were measured
 * @param exit Gatling's exit status: 0, or 2 when its own assertions failed; -1 when it was ended
 *     because it took too long
 * @param lastLine the last line Gatling printed
 * @param sealed always true; written last, so that a truncated file is refused
 */
public record JourneyRecord(
    String schema,
    String slo,
    String request,
    double perSecond,
    double warmUpSeconds,
    double seconds,
    int exit,
    String lastLine,
    boolean sealed) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/perf-journey/v1";

  /** The record's file. */
  public static final String FILE = "journey.json";

  /** The folder of Gatling's report. */
  public static final String REPORT = "report";

  /** What Gatling printed. */
  public static final String OUTPUT = "gatling.log";

  /** Gatling's own assertions failed. */
  public static final int ASSERTIONS_FAILED = 2;

  /** Gatling was ended because it took too long. */
  public static final int TOO_LONG = -1;

  /**
   * @throws IllegalArgumentException when the form is unknown or unsealed
   */
  public JourneyRecord {
    if (!SCHEMA.equals(schema) || !sealed) {
      throw new IllegalArgumentException("unknown or unsealed form " + schema);
    }
  }

  /** Whether Gatling ran to its end, whatever it found. */
  public boolean ended() {
    return exit == 0 || exit == ASSERTIONS_FAILED;
  }
}

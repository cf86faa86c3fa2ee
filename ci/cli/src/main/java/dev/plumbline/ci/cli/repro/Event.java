package dev.plumbline.ci.cli.repro;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a failure: a line of {@code history.jsonl}.
 *
 * @param at when
 * @param what what
 * @param fingerprint which failure, whatever run found it
 * @param id which reproducer of it
 * @param check what failed
 * @param target who failed
 * @param text why it was accepted, or what was seen
 * @param until the last day of an acceptance, else null
 * @param digest SHA-256 of the file that was kept or archived, else empty
 */
public record Event(
    Instant at,
    What what,
    String fingerprint,
    String id,
    String check,
    String target,
    String text,
    @Nullable LocalDate until,
    String digest) {

  /** What may happen. */
  public enum What {
    /** It was copied into the project's folder. */
    KEPT,
    /** Somebody accepts it until a day. */
    ACCEPTED,
    /** It was replayed to see whether it is fixed, and was not. */
    STILL_FAILS,
    /** It was replayed, was gone, and was archived. */
    FIXED
  }

  /**
   * @throws IllegalArgumentException when an acceptance lacks its reason or its end
   */
  public Event {
    if (what == What.ACCEPTED && (until == null || text.isBlank())) {
      throw new IllegalArgumentException("an acceptance needs a reason and an end");
    }
  }
}

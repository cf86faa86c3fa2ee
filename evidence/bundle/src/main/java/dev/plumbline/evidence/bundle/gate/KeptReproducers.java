package dev.plumbline.evidence.bundle.gate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the project's own folder of reproducers held when the run began: {@code
 * raw/reproducers.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param entries one for each failure that is kept
 * @param count how many there are; written last
 */
public record KeptReproducers(String schema, List<Entry> entries, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/kept-reproducers/v1";

  /** Nothing is kept. */
  public static final KeptReproducers NONE = new KeptReproducers(List.of());

  /**
   * A failure that is kept until it is fixed.
   *
   * @param id the reproducer
   * @param check what failed
   * @param target who failed, by its own name
   * @param summary what is wrong
   * @param reason why it is accepted; empty when it is not
   * @param until the last day (UTC) of the acceptance, or null
   */
  public record Entry(
      String id,
      String check,
      String target,
      String summary,
      String reason,
      @Nullable LocalDate until) {
    /**
     * @throws IllegalArgumentException when reason and end of an acceptance are not given together
     */
    public Entry {
      if (reason.isBlank() == (until != null)) {
        throw new IllegalArgumentException(id + ": an acceptance needs a reason and an end");
      }
    }

    /** Why a build has to stop for it on a day; empty when it is accepted. */
    Optional<String> problem(LocalDate day) {
      LocalDate last = until;
      if (last == null) {
        return Optional.of("neither fixed nor accepted");
      }
      return day.isAfter(last) ? Optional.of("accepted until " + last + " only") : Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public KeptReproducers {
    entries = List.copyOf(entries);
    if (!SCHEMA.equals(schema) || count != entries.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " as " + schema + ", found " + entries.size());
    }
  }

  /** In the current form. */
  public KeptReproducers(List<Entry> entries) {
    this(SCHEMA, entries, entries.size());
  }
}

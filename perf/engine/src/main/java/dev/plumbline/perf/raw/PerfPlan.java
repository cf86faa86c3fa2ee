package dev.plumbline.perf.raw;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.slo.Slo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which objectives there were and what became of each: {@code perf.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param profile the profile's id
 * @param seed the run's seed in hexadecimal
 * @param entries the objectives in the order of the plan
 * @param facts what the reader must know, sorted by key
 * @param count how many entries there are; written last, so that a truncated file is refused
 */
public record PerfPlan(
    String schema,
    String profile,
    String seed,
    List<Entry> entries,
    Map<String, String> facts,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/perf/v1";

  /** The file's name. */
  public static final String FILE = "perf.json";

  /** What became of an objective. */
  public enum State {
    /** It ran; its attempts lie in the folders named. */
    RUN,
    /** It does not bind this target in this run. */
    NOT_APPLICABLE,
    /** It applies, but could not be seen kept or broken. */
    NOT_OBSERVED,
    /** It applies, but Plumbline could not run it. */
    HARNESS_FAULT
  }

  /**
   * One objective.
   *
   * @param id its id
   * @param title the objective in one sentence
   * @param slo the objective as it was in force; null when it did not run
   * @param era the era it ran in; null when it is not bound to one
   * @param transport what carried it; null when it did not run
   * @param state what became of it
   * @param reason why it did not run; empty when it ran
   * @param attempts the folders of its attempts, in order; a later one was made only because the
   *     generator was unhealthy in all before it
   */
  public record Entry(
      String id,
      String title,
      @Nullable Slo slo,
      @Nullable Era era,
      @Nullable Transport transport,
      State state,
      String reason,
      List<String> attempts) {
    /**
     * @throws IllegalArgumentException when state and parts do not fit
     */
    public Entry {
      attempts = List.copyOf(attempts);
      if ((state == State.RUN) != !attempts.isEmpty() || (state == State.RUN && slo == null)) {
        throw new IllegalArgumentException(id + ": what ran has an objective and attempts");
      }
      for (String attempt : attempts) {
        if (!attempt.matches("[A-Za-z0-9-]+")) {
          throw new IllegalArgumentException(id + ": not a folder's name: " + attempt);
        }
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public PerfPlan {
    entries = List.copyOf(entries);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != entries.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " objectives, found " + entries.size());
    }
  }
}

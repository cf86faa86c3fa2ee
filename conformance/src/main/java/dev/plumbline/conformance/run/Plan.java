package dev.plumbline.conformance.run;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every rule and whether it applies: {@code plan.json}, sealed by its count.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param consent what was allowed
 * @param seed the source of every choice
 * @param deadlineMillis how long answers were waited for
 * @param entries one for each rule, in the order of running
 * @param count how many entries there are; written last
 */
public record Plan(
    String schema,
    Consent consent,
    long seed,
    long deadlineMillis,
    List<Entry> entries,
    int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/conformance-plan/v1";

  /** The file's name. */
  public static final String FILE = "plan.json";

  /** Whether a rule runs. */
  public enum Status {
    /** It runs. */
    APPLIES,
    /** The clause does not bind this target in this run. */
    NOT_APPLICABLE,
    /** The clause binds, but there is no way to see it. */
    UNOBSERVABLE
  }

  /**
   * One rule.
   *
   * @param clause the clause it judges
   * @param era the era it belongs to
   * @param transport what it runs over; null when it does not run
   * @param status whether it runs
   * @param reason why not; empty when it runs
   */
  public record Entry(
      String clause, Era era, @Nullable Transport transport, Status status, String reason) {

    /** The file its recording is written to. */
    public String file() {
      return file(clause);
    }

    /** The file of the recording of that clause, made over the same transport. */
    String file(String maker) {
      return maker + "." + over().map(Transport::id).orElse("none") + ".json";
    }

    /** What it runs over; empty when it does not run. */
    public Optional<Transport> over() {
      return Optional.ofNullable(transport);
    }
  }

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public Plan {
    entries = List.copyOf(entries);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != entries.size()) {
      throw new IllegalArgumentException("sealed with " + count + ", found " + entries.size());
    }
  }

  /** A plan in the current form. */
  public Plan(Consent consent, long seed, long deadlineMillis, List<Entry> entries) {
    this(SCHEMA, consent, seed, deadlineMillis, entries, entries.size());
  }

  /** How many rules run. */
  public int applying() {
    return (int) entries.stream().filter(e -> e.status() == Status.APPLIES).count();
  }

  static Plan read(Path raw) throws IOException {
    return Json.read(raw.resolve(FILE), Plan.class);
  }
}

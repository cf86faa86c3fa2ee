package dev.plumbline.chaos.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plumbline.chaos.proxy.Backend;
import dev.plumbline.evidence.model.Era;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a failure mode's file. The first line is a {@link Header}, the last an {@link End}
 * whose count seals the file. All times are milliseconds since the experiment began, with
 * microseconds behind the point.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Header.class, name = "header"),
  @JsonSubTypes.Type(value = Entry.Sample.class, name = "sample"),
  @JsonSubTypes.Type(value = Entry.Fault.class, name = "fault"),
  @JsonSubTypes.Type(value = Entry.Wait.class, name = "wait"),
  @JsonSubTypes.Type(value = Entry.Witness.class, name = "witness"),
  @JsonSubTypes.Type(value = Entry.Heal.class, name = "heal"),
  @JsonSubTypes.Type(value = Entry.Health.class, name = "health"),
  @JsonSubTypes.Type(value = Entry.End.class, name = "end")
})
public sealed interface Entry {
  /**
   * What the experiment is and what it was held against.
   *
   * @param schema the version of the form, {@link #SCHEMA}
   * @param mode the failure mode's id
   * @param era the era the traffic speaks
   * @param method the request the traffic consists of
   * @param backend the fault proxy
   * @param seed the run's seed, hexadecimal
   * @param plan limits and settings by name, units in the names
   */
  record Header(
      String schema,
      String mode,
      Era era,
      String method,
      Backend backend,
      String seed,
      Map<String, Double> plan)
      implements Entry {
    /** The current version of the form. */
    public static final String SCHEMA = "plumbline/chaos/v1";

    /** Sorts the plan. */
    public Header {
      plan = Collections.unmodifiableMap(new TreeMap<>(plan));
    }

    /**
     * A number of the plan.
     *
     * @throws IllegalArgumentException when it is not there
     */
    public double planned(String name) {
      Double value = plan.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the plan lacks " + name);
      }
      return value;
    }
  }

  /**
   * One request.
   *
   * @param atMs when it was meant to start; the latency counts from here
   * @param latencyMs until the answer was complete or the request had failed
   * @param lane which way it took
   * @param phase where in the experiment it started
   * @param outcome how it ended
   * @param fault the label of the fault in force when it started, or empty
   * @param attempt 0 for a first try, n for the nth repetition
   * @param deadlineMs how long the client was willing to wait
   * @param injectedMs the delay the fault was set to for this request, 0 without
   * @param session {@code none}, {@code kept} or {@code renewed}: the session it ran in, compared
   *     with the lane's first
   */
  record Sample(
      double atMs,
      double latencyMs,
      Lane lane,
      Phase phase,
      Outcome outcome,
      String fault,
      int attempt,
      double deadlineMs,
      double injectedMs,
      String session)
      implements Entry {
    /** When it was over. */
    public double doneMs() {
      return atMs + latencyMs;
    }

    /** Whether a result came. */
    public boolean ok() {
      return outcome == Outcome.OK;
    }
  }

  /**
   * A window in which a fault was in force; written when it ended.
   *
   * @param startMs when the fault was in force
   * @param endMs when its healing began
   * @param label what it was, for the chart; unique in its file
   * @param colour how to shade it, as {@code #rrggbb}
   * @param toxics the toxics, as the proxy names them
   */
  record Fault(double startMs, double endMs, String label, String colour, List<String> toxics)
      implements Entry {
    /** Copies the list. */
    public Fault {
      toxics = List.copyOf(toxics);
    }
  }

  /**
   * A wait of the client between two attempts.
   *
   * @param atMs when it began
   * @param fault the label of the fault that made it necessary
   * @param attempt 0 for the wait after the first try
   * @param ceilingMs the most it could have been
   * @param delayMs what was drawn
   * @param tookMs what it was in fact
   */
  record Wait(
      double atMs, String fault, int attempt, double ceilingMs, double delayMs, double tookMs)
      implements Entry {}

  /**
   * A measurement, independent of the fault proxy, which proves that the fault hit the traffic.
   *
   * @param atMs when it was taken
   * @param fault the label of the fault
   * @param name what was measured
   * @param value the number
   * @param atLeast what it must reach as proof
   * @param unit its unit
   */
  record Witness(double atMs, String fault, String name, double value, double atLeast, String unit)
      implements Entry {
    /** Whether it proves the fault. */
    public boolean proves() {
      return value >= atLeast;
    }
  }

  /**
   * A healing.
   *
   * @param startMs when it began
   * @param endMs when the proxy had confirmed it
   * @param fault the label of the fault
   * @param verified whether the proxy said afterwards that no fault is left
   */
  record Heal(double startMs, double endMs, String fault, boolean verified) implements Entry {}

  /**
   * What the target's control port told; only the bundled server has one.
   *
   * @param atMs when it was asked
   * @param phase where in the experiment
   * @param values the numbers it told, such as {@code sessions} and {@code inFlight}
   */
  record Health(double atMs, Phase phase, Map<String, Double> values) implements Entry {
    /** Sorts the values. */
    public Health {
      values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
  }

  /**
   * The seal.
   *
   * @param count how many lines are above
   * @param complete false when the run was cut short
   * @param harnessFault what broke in Plumbline itself, or empty
   */
  record End(int count, boolean complete, String harnessFault) implements Entry {}
}

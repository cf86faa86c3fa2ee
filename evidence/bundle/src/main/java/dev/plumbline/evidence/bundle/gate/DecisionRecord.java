package dev.plumbline.evidence.bundle.gate;

import java.util.List;

/**
 * The decision with everything it follows from: {@code results/decision.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param runId the run it belongs to
 * @param complete false when the run was cut short
 * @param decision the outcome
 * @param policy what the gates demanded
 * @param gates what each gate found, in order of ids
 * @param notLookedAt what the decision does not speak about, and why
 * @param accepted failures the baseline accepted, as {@code id: reason (until date)}
 */
public record DecisionRecord(
    String schema,
    String runId,
    boolean complete,
    Decision decision,
    Policy policy,
    List<GateOutcome> gates,
    List<Gap> notLookedAt,
    List<String> accepted) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/decision/v1";

  /**
   * Something that was not looked at.
   *
   * @param what a suite, an instrument or a group of checks
   * @param why the reason
   * @param checks the ids of the checks concerned, possibly none
   */
  public record Gap(String what, String why, List<String> checks) {
    /** Copies the list. */
    public Gap {
      checks = List.copyOf(checks);
    }
  }

  /** Copies the lists. */
  public DecisionRecord {
    gates = List.copyOf(gates);
    notLookedAt = List.copyOf(notLookedAt);
    accepted = List.copyOf(accepted);
  }
}

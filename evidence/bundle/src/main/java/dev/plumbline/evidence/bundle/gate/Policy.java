package dev.plumbline.evidence.bundle.gate;

import java.util.List;

/**
 * What the gates demand, as data: part of the decision and, by its digest, of the signed statement.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param gates the ids of the gates in order of evaluation
 * @param observedFloor the share of applicable MUST clauses that must have been observed, 0 to 1
 */
public record Policy(String schema, List<String> gates, double observedFloor) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/policy/v1";

  /**
   * Below this share the run has seen too little to say GO. Chosen so that one capability whose
   * occasions never came up does not block, while a target that answers only the first requests
   * does.
   */
  public static final double OBSERVED_FLOOR = 0.8;

  /** Copies the list. */
  public Policy {
    gates = List.copyOf(gates);
  }

  /** The policy of this version of Plumbline. */
  public static Policy standard() {
    return new Policy(SCHEMA, Gates.ids(), OBSERVED_FLOOR);
  }
}

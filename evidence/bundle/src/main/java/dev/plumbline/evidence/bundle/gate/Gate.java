package dev.plumbline.evidence.bundle.gate;

/**
 * One demand on the evidence.
 *
 * @param id permanent id, {@code G-01}
 * @param title what it demands, one sentence
 * @param question the pure function that answers it
 */
record Gate(String id, String title, Question question) {

  /** From evidence to what a gate found; no clock, no file. */
  @FunctionalInterface
  interface Question {
    Answer ask(Evidence evidence, Policy policy);
  }

  /** Evaluates the gate. */
  GateOutcome evaluate(Evidence evidence, Policy policy) {
    return question.ask(evidence, policy).outcome(id, title);
  }
}

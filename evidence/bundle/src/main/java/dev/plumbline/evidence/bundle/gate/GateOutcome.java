package dev.plumbline.evidence.bundle.gate;

import java.util.List;

/**
 * What one gate found, with the value beside the threshold it was held against.
 *
 * @param id permanent id, {@code G-01}
 * @param title what the gate demands, one sentence
 * @param state whether it held
 * @param value what was found, as text; empty when it was not evaluated
 * @param threshold what is demanded, as text
 * @param summary the outcome in one line
 * @param objections what it has against a GO; empty unless {@code state} is {@code OBJECTED}
 */
public record GateOutcome(
    String id,
    String title,
    State state,
    String value,
    String threshold,
    String summary,
    List<Objection> objections) {

  /** Whether a gate held, objected, or had nothing to look at. */
  public enum State {
    HELD,
    OBJECTED,
    NOT_EVALUATED
  }

  /**
   * @throws IllegalArgumentException when state and objections contradict each other
   */
  public GateOutcome {
    objections = List.copyOf(objections);
    if ((state == State.OBJECTED) == objections.isEmpty()) {
      throw new IllegalArgumentException(id + ": state and objections contradict each other");
    }
  }
}

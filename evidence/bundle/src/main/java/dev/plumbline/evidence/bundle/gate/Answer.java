package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.bundle.gate.GateOutcome.State;
import java.util.List;

/**
 * What a gate's function returns, before id and title are added.
 *
 * @param evaluated false when there was nothing to look at
 * @param value what was found
 * @param threshold what is demanded
 * @param summary the outcome in one line
 * @param objections what speaks against a GO
 */
record Answer(
    boolean evaluated, String value, String threshold, String summary, List<Objection> objections) {

  static Answer of(String value, String threshold, String summary, List<Objection> objections) {
    return new Answer(true, value, threshold, summary, objections);
  }

  static Answer notEvaluated(String threshold, String why) {
    return new Answer(false, "", threshold, why, List.of());
  }

  GateOutcome outcome(String id, String title) {
    State state =
        !objections.isEmpty() ? State.OBJECTED : evaluated ? State.HELD : State.NOT_EVALUATED;
    return new GateOutcome(id, title, state, value, threshold, summary, objections);
  }
}

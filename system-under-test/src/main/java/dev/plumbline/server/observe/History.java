package dev.plumbline.server.observe;

import dev.plumbline.server.machine.Event;
import dev.plumbline.server.machine.State;
import dev.plumbline.server.machine.StateMachine;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The last moves of a state machine, as JSON: who debugs sees how something came to where it is.
 */
public final class History {
  private History() {}

  /**
   * One object for each move, oldest first: {@code at}, {@code from}, {@code event}, {@code to}.
   *
   * @param now the time now, from which that of each move is found
   */
  public static <S extends Enum<S> & State, E extends Enum<E> & Event> ArrayNode toJson(
      StateMachine<S, E> machine, Instant now) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    Instant made = now.minus(machine.age());
    for (StateMachine.Step<S, E> step : machine.history()) {
      json.addObject()
          .put("at", made.plusNanos(step.afterNanos()).toString())
          .put("from", step.move().from().label())
          .put("event", step.move().event().label())
          .put("to", step.move().to().label());
    }
    return json;
  }
}

package dev.plumbline.server.handover;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What operators decided since a process was started, and what holds in the next one, too.
 *
 * @param settings those that differ from what the process was started with: path, old and new, each
 *     as text
 * @param breakers circuit breakers that are held open by hand
 */
public record OperatorState(ArrayNode settings, List<Held> breakers) {
  /**
   * A breaker that is held open.
   *
   * @param name its dependency
   * @param shared true when callers who have nothing to do with each other use the dependency
   */
  public record Held(String name, boolean shared) {}

  /** Takes copies. */
  public OperatorState {
    settings = settings.deepCopy();
    breakers = List.copyOf(breakers);
  }

  /** Adds its members to what a process says. */
  void to(ObjectNode json) {
    json.set("settings", settings);
    ArrayNode held = json.putArray("breakers");
    breakers.forEach(
        breaker -> held.addObject().put("name", breaker.name()).put("shared", breaker.shared()));
  }

  /** What a process said; nothing where it did not know of it yet. */
  static OperatorState of(JsonNode json) {
    return new OperatorState(
        json.path("settings") instanceof ArrayNode changed
            ? changed
            : JsonNodeFactory.instance.arrayNode(),
        json.path("breakers")
            .valueStream()
            .map(
                breaker ->
                    new Held(
                        breaker.path("name").asString(""), breaker.path("shared").asBoolean(false)))
            .filter(breaker -> !breaker.name().isEmpty())
            .toList());
  }
}

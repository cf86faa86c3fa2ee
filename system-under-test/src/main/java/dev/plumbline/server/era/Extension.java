package dev.plumbline.server.era;

import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A protocol extension of the stateless era (2026-07-28 basic/versioning, extension negotiation).
 *
 * @param id as it stands in {@code capabilities.extensions}
 * @param settings what the server declares there
 * @param methods adds methods, or wraps those that are there
 * @param filters members it adds to the filter of {@code subscriptions/listen}, by name
 */
public record Extension(
    String id,
    ObjectNode settings,
    UnaryOperator<MethodTable> methods,
    Map<String, ListenFilter> filters) {
  /** Copies the map. */
  public Extension {
    filters = Map.copyOf(filters);
  }

  /** What a client must declare to use it. */
  public ObjectNode required() {
    ObjectNode required = JsonNodeFactory.instance.objectNode();
    required.putObject("extensions").putObject(id);
    return required;
  }
}

package dev.plumbline.server.era;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as JSON: whole ones without a fraction. */
final class Numbers {
  private static final double EXACT = 9_007_199_254_740_992.0;

  private Numbers() {}

  static JsonNode node(double value) {
    return value == Math.rint(value) && Math.abs(value) <= EXACT
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }
}

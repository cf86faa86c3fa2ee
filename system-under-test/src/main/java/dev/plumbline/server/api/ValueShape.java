package dev.plumbline.server.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one Java type looks as JSON: its schema, and the way there and back. */
interface ValueShape {
  /**
   * A fresh schema.
   *
   * @param closed true to forbid members nobody reads
   */
  ObjectNode schema(boolean closed);

  /** From JSON to Java. */
  Object read(JsonNode value) throws Mismatch;

  /** From Java to JSON. */
  JsonNode write(Object value);
}

package dev.plumbline.server.era;

import tools.jackson.databind.node.ObjectNode;

/** Gives a feature's result the form its era asks for. */
@FunctionalInterface
public interface ResultShape {
  /** The shaped result; may change and return the given object, which nobody else holds. */
  ObjectNode shape(String method, ObjectNode result);
}

package dev.plumbline.server.feature;

import tools.jackson.databind.node.ObjectNode;

/**
 * A resource with fixed contents.
 *
 * @param definition as resources/list shows it
 * @param contents as resources/read shows it: uri, mimeType, text or blob
 */
public record Resource(ObjectNode definition, ObjectNode contents) {
  /** The unique URI. */
  public String uri() {
    return definition.path("uri").asString();
  }
}

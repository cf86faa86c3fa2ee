package dev.plumbline.server.config;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of the settings that ran, or runs.
 *
 * @param number counts up, whatever happens
 * @param origin the version whose content this is: itself, unless it came from a rollback
 * @param at since when
 * @param digest SHA-256 of its settings
 * @param source where it came from
 * @param config the settings
 */
public record Version(
    int number, int origin, Instant at, String digest, String source, ServerConfig config) {
  /** As JSON, without the settings. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("origin", origin)
        .put("at", at.toString())
        .put("digest", digest)
        .put("source", source);
  }
}

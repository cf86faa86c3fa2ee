package dev.plumbline.server.observe;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened and may concern an operator.
 *
 * @param at when
 * @param severity how much it matters
 * @param source the room it happened in, for example {@code queues}
 * @param subject what it is about, for example the role {@code transport}
 * @param text one sentence without secrets
 * @param facts names and values; no secrets
 */
public record Notice(
    Instant at,
    Severity severity,
    String source,
    String subject,
    String text,
    Map<String, String> facts) {
  /** Copies the facts. */
  public Notice {
    facts = Map.copyOf(facts);
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", at.toString());
    json.put("severity", severity.wire());
    json.put("source", source);
    json.put("subject", subject);
    json.put("text", text);
    ObjectNode values = json.putObject("facts");
    new TreeMap<>(facts).forEach(values::put);
    return json;
  }
}

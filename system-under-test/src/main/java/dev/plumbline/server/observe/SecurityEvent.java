package dev.plumbline.server.observe;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that concerns the security of the server (R219).
 *
 * @param type what it was
 * @param timestamp when
 * @param blocked true when it came to nothing
 * @param details names and values of ours; no secret, nothing a peer chose but its address
 */
public record SecurityEvent(
    SecurityEventType type, Instant timestamp, boolean blocked, Map<String, String> details) {
  /** Copies the details. */
  public SecurityEvent {
    details = Map.copyOf(details);
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("event_type", type.wire());
    json.put("timestamp", timestamp.toString());
    json.put("blocked", blocked);
    ObjectNode values = json.putObject("details");
    new TreeMap<>(details).forEach(values::put);
    return json;
  }
}

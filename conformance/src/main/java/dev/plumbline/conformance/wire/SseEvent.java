package dev.plumbline.conformance.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One event of a server-sent event stream, as the HTML standard dispatches it.
 *
 * @param event the event type; empty when the field was absent
 * @param id the event id; empty when the field was absent
 * @param data the data lines joined by line feeds; empty when there was none
 * @param retryMillis the reconnection time asked for, or -1 when the field was absent
 * @param atNanos when the event was complete, in nanoseconds since the recording began
 */
public record SseEvent(String event, String id, String data, long retryMillis, long atNanos) {

  /** The data as JSON, or empty when it is not JSON. */
  public Optional<JsonNode> json() {
    return Messages.parse(data);
  }
}

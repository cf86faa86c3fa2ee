package dev.plumbline.server.session;

import dev.plumbline.server.machine.StreamState;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a stream is at one moment (R026).
 *
 * @param number its number in its session
 * @param state where its lifecycle stands
 * @param messages how many were said on it
 * @param waiting how many of them its connection was not given yet
 * @param last when something was said last, or when it began
 * @param carried true while a connection carries it
 */
record StreamView(
    long number, StreamState state, long messages, long waiting, Instant last, boolean carried) {
  /**
   * As JSON.
   *
   * @param session the pseudonym of its session
   */
  ObjectNode toJson(String session) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("stream_id", session + "/" + number)
        .put("state", state.label())
        .put("message_count", messages)
        .put("queue_depth", waiting)
        .put("last_event_at", last.toString())
        .put("subscriber_count", carried ? 1 : 0);
  }
}

package dev.plumbline.server.session.store;

import java.util.List;

/**
 * An event stream that a client can come back to.
 *
 * @param number its number in the session
 * @param listening true when a client listens on it; false when it carries the messages of a
 *     request
 * @param finished true when its last message is said
 * @param last the number of its newest message; 0 when there was none
 * @param messages the newest messages, without a hole, ending with {@code last}
 */
public record StreamRecord(
    long number, boolean listening, boolean finished, long last, List<String> messages) {
  /** Copies the list. */
  public StreamRecord {
    messages = List.copyOf(messages);
    if (number < 1 || last < messages.size()) {
      throw new IllegalArgumentException("stream " + number + " has more messages than it said");
    }
  }
}

package dev.plumbline.server.session.store;

import dev.plumbline.server.limit.MessageKind;
import java.util.List;

/**
 * An event stream that a client can come back to.
 *
 * @param number its number in the session
 * @param listening true when a client listens on it; false when it carries the messages of a
 *     request
 * @param finished true when its last message is said
 * @param last the number of its newest message; 0 when there was none
 * @param lost up to this number a message may be missing that must not be
 * @param messages what is kept, oldest first; where a number is missing, one gave way
 */
public record StreamRecord(
    long number, boolean listening, boolean finished, long last, long lost, List<Said> messages) {
  /**
   * One message.
   *
   * @param number its place in the stream: what a client resumes after
   * @param kind whether it may give way
   * @param text the message as it was encoded
   */
  public record Said(long number, MessageKind kind, String text) {}

  /** Copies the list. */
  public StreamRecord {
    messages = List.copyOf(messages);
    long before = lost;
    for (Said said : messages) {
      if (said.number() <= before || said.number() > last) {
        throw new IllegalArgumentException(
            "the messages of stream " + number + " are out of order");
      }
      before = said.number();
    }
    if (number < 1 || lost < 0 || lost > last) {
      throw new IllegalArgumentException("stream " + number + " lost more than it said");
    }
  }
}

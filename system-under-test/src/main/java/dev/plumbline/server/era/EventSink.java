package dev.plumbline.server.era;

import dev.plumbline.server.limit.MessageKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The wire's side of the answer to one message: where messages go that are sent ahead of the answer
 * (notifications, requests of the server). Over HTTP the first event turns the response into an
 * event stream; on a duplex wire every event is a line or a frame. Safe for any number of threads.
 */
public interface EventSink {
  /** A wire that carries nothing ahead of an answer. */
  EventSink NONE =
      new EventSink() {
        @Override
        public boolean open() {
          return false;
        }

        @Override
        public boolean event(Event event) {
          return false;
        }

        @Override
        public void end() {}
      };

  /**
   * One event.
   *
   * @param id what a client resumes after; null for none (server-sent events only)
   * @param retry what the client should wait before it reconnects; null for no advice
   * @param data one encoded message; empty for an event that only carries an id
   * @param kind what becomes of it when the peer does not keep up
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Event(@Nullable String id, @Nullable Duration retry, byte[] data, MessageKind kind) {
    /** A message that carries nothing but itself. */
    public static Event of(MessageKind kind, byte[] data) {
      return new Event(null, null, data, kind);
    }
  }

  /** True while the peer can be reached through this sink. */
  boolean open();

  /**
   * False when a message of this kind is not to be said now, because the peer does not keep up; it
   * is counted as dropped then.
   */
  default boolean takes(MessageKind kind) {
    return true;
  }

  /**
   * Writes one event. Waits, up to the write-stall limit, while the peer does not read; messages
   * that may give way do so sooner.
   *
   * @return false when the peer is gone or does not read: the event may not have arrived
   */
  boolean event(Event event) throws InterruptedException;

  /**
   * Ends the event stream without a further event; the connection lives on where the wire allows. A
   * sink that never had an event is not touched.
   */
  void end();
}

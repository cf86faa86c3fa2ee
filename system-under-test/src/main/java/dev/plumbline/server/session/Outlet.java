package dev.plumbline.server.session;

import dev.plumbline.server.limit.MessageKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection, or one wire, that can carry messages to a client. */
public interface Outlet {
  /**
   * Writes one event; waits while the peer does not read.
   *
   * @param id what a client resumes after, or null
   * @param retry what the client should wait before it comes back, or null
   * @param kind what becomes of it when the peer does not keep up
   * @param data one encoded message, or nothing
   * @return false when the peer is gone
   */
  boolean write(@Nullable String id, @Nullable Duration retry, MessageKind kind, byte[] data)
      throws InterruptedException;

  /** False when a message of this kind is not to be said now; it is counted as dropped then. */
  default boolean takes(MessageKind kind) {
    return true;
  }

  /** True while the peer can be reached. */
  boolean open();

  /** Ends the response; the connection lives on where the wire allows. */
  void end();
}

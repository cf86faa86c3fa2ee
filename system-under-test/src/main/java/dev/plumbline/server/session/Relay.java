package dev.plumbline.server.session;

import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.store.StreamRecord;

/**
 * What a process that handed its sessions over still tells the one that has them now, while it
 * finishes the requests it had begun. Nothing here may wait for long.
 */
public interface Relay {
  /** A message outside any request is to be told to the session. */
  void posted(String session, byte[] message);

  /** A request that goes on here began an event stream. */
  void began(String session, StreamRecord stream);

  /** A request that goes on here said one message on its stream. */
  void said(String session, long stream, MessageKind kind, byte[] message);

  /** A request that goes on here said its last message. */
  void finished(String session, long stream);
}

package dev.plumbline.server.session;

import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;

/**
 * The process that finishes the requests of a session that was handed over, as the one sees it that
 * has the session now. Nothing here may wait for long.
 */
public interface Finisher {
  /** The client answered something that was not asked here. */
  void answered(String session, RequestId id, Reply reply);

  /** The client cancelled a request that does not run here. */
  void cancelled(String session, RequestId id);

  /** The session has ended. */
  void ended(String session);
}

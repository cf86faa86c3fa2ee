package dev.plumbline.server.client.wire;

import java.io.IOException;

/** The server no longer knows the session (2025-11-25 basic/transports, session management). */
public final class SessionEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Status 404 to a request that named a session. */
  public SessionEndedException() {
    super("the server ended the session");
  }
}

package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.time.Duration;

/**
 * The server could not be reached again and again, so it was not tried (R160, FM-24): a server that
 * comes back must not meet everybody who waited for it. Nothing was sent.
 */
public final class ServerAwayException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  ServerAwayException(Duration retryAfter) {
    super(
        "the server could not be reached again and again; it is tried next in "
            + retryAfter.toMillis()
            + " ms");
    this.retryAfter = retryAfter;
  }

  /** It is tried again after this. */
  public Duration retryAfter() {
    return retryAfter;
  }
}

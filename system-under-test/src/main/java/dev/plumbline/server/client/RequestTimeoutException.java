package dev.plumbline.server.client;

import java.io.IOException;

/** A request was cancelled because the server took too long. */
public final class RequestTimeoutException extends IOException {
  private static final long serialVersionUID = 1L;

  RequestTimeoutException(String method, long millis) {
    super("no answer to " + method + " within " + millis + " ms");
  }
}

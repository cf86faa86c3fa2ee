package dev.plumbline.server.client;

import java.io.IOException;

/** The server did not declare what a request needs, so it was not sent. */
public final class UndeclaredException extends IOException {
  private static final long serialVersionUID = 1L;

  UndeclaredException(String method, String capability) {
    super(method + " was not sent: the server did not declare the capability " + capability);
  }
}

package dev.plumbline.server.client;

import java.io.IOException;

/** Client and server speak no revision in common. */
public final class NoCommonRevisionException extends IOException {
  private static final long serialVersionUID = 1L;

  NoCommonRevisionException(String theirs, String ours) {
    super("the server speaks " + theirs + "; wanted: " + ours);
  }
}

package dev.plumbline.server.access;

/** The keys of the authorization server cannot be used; the message is one line. */
public final class UnusableKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableKeysException(String message) {
    super(message);
  }
}

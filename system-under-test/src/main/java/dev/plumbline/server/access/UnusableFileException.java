package dev.plumbline.server.access;

/** What the authorization server published cannot be used; the message is one line. */
public final class UnusableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableFileException(String message) {
    super(message);
  }
}

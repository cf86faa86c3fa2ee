package dev.plumbline.server.client;

/** A command that cannot be followed; the message is one line that says what to do. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}

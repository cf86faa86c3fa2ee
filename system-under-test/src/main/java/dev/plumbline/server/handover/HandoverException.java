package dev.plumbline.server.handover;

/** A handover cannot go on; the message is one line and says what to do. */
public final class HandoverException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public HandoverException(String message) {
    super(message);
  }

  /** With the reason and its cause. */
  public HandoverException(String message, Throwable cause) {
    super(message, cause);
  }
}

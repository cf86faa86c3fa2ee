package dev.plumbline.evidence.bundle.sign;

/** A key cannot be read, written or used: a usage error, exit code 2. */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line that says what was tried and what to do
   */
  public UnusableKeyException(String message) {
    super(message);
  }

  /**
   * @param message one line that says what was tried and what to do
   * @param cause what was thrown
   */
  public UnusableKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.plumbline.evidence.model;

/** Plumbline itself failed (not the target): the run is void and ends with exit code 4. */
public final class HarnessException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line that says what broke and what to do
   */
  public HarnessException(String message) {
    super(message);
  }

  /**
   * @param message one line that says what broke and what to do
   * @param cause what was thrown
   */
  public HarnessException(String message, Throwable cause) {
    super(message, cause);
  }
}

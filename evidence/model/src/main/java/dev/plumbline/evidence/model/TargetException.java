package dev.plumbline.evidence.model;

/**
 * The target cannot be judged because it cannot be reached, started or does not speak MCP: a usage
 * error, exit code 2.
 */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line that says what was tried, what happened and what to do
   */
  public TargetException(String message) {
    super(message);
  }

  /**
   * @param message one line that says what was tried, what happened and what to do
   * @param cause what was thrown
   */
  public TargetException(String message, Throwable cause) {
    super(message, cause);
  }
}

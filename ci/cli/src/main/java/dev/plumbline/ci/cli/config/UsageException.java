package dev.plumbline.ci.cli.config;

/** The user must change something before Plumbline can run: one line on stderr, exit code 2. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line: what is wrong and what to do about it
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * @param message one line: what is wrong and what to do about it
   * @param cause what was thrown
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.plumbline.server.config;

/** Somebody who follows the settings cannot go along with a change of them. */
public final class ChangeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param reason one line for an operator: what cannot change and why
   */
  public ChangeRefusedException(String reason) {
    super(reason);
  }

  /** The line for an operator. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

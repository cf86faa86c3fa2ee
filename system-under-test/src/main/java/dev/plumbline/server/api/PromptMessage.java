package dev.plumbline.server.api;

/**
 * One message of a prompt.
 *
 * @param role {@code user} or {@code assistant}
 */
public record PromptMessage(String role, Content content) {
  /** A message of the user. */
  public static PromptMessage user(Content content) {
    return new PromptMessage("user", content);
  }

  /** Text of the user. */
  public static PromptMessage user(String text) {
    return user(Content.text(text));
  }

  /** Text of the assistant. */
  public static PromptMessage assistant(String text) {
    return new PromptMessage("assistant", Content.text(text));
  }
}

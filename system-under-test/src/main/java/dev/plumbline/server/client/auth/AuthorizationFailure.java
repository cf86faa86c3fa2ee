package dev.plumbline.server.client.auth;

import java.io.IOException;

/**
 * Authorization cannot be obtained, or must not be: the request it was for fails with it. The
 * message never carries a secret, and of a peer's text only what was made harmless.
 */
public final class AuthorizationFailure extends IOException {
  private static final int MAX_QUOTED = 200;

  /** With a message that says what was refused and what to do. */
  public AuthorizationFailure(String message) {
    super(message);
  }

  /** Also with what caused it. */
  public AuthorizationFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Text a peer sent, as it may be shown: visible ASCII only, and short. */
  static String quoted(String text) {
    String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
    return visible.length() <= MAX_QUOTED ? visible : visible.substring(0, MAX_QUOTED) + "…";
  }
}

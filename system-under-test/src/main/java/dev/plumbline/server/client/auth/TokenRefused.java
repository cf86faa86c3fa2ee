package dev.plumbline.server.client.auth;

import java.io.IOException;

/** The token endpoint answered with an error. */
final class TokenRefused extends IOException {
  private final String error;

  /**
   * @param error the code of RFC 6749 §5.2, or the status when the answer has none
   */
  TokenRefused(String error) {
    super("The token endpoint refused: " + AuthorizationFailure.quoted(error));
    this.error = error;
  }

  /** Whether it refused for that reason. */
  boolean is(String code) {
    return error.equals(code);
  }
}

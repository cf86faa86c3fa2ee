package dev.plumbline.server.client.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a client authenticates at a token endpoint. */
public enum AuthMethod {
  /** A public client: it only names itself. */
  NONE,
  /** Id and secret in the Authorization field. */
  CLIENT_SECRET_BASIC,
  /** Id and secret in the form. */
  CLIENT_SECRET_POST,
  /** An assertion signed with the client's key. */
  PRIVATE_KEY_JWT;

  /** The name in metadata documents. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<AuthMethod> of(String wireName) {
    return Arrays.stream(values()).filter(m -> m.wireName().equals(wireName)).findFirst();
  }
}

package dev.plumbline.server.client.auth;

import dev.plumbline.server.client.auth.jose.SigningKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is at one authorization server, and how it proves that.
 *
 * @param clientId its identifier
 * @param secret shared with the authorization server, or null
 * @param key for signed assertions, or null
 * @param method how it authenticates, or null to choose by the server's metadata
 * @param issuer the authorization server that gave the identifier, or null for one that is good at
 *     any, such as the URL of a metadata document
 */
public record ClientIdentity(
    String clientId,
    @Nullable String secret,
    @Nullable SigningKey key,
    @Nullable AuthMethod method,
    @Nullable String issuer) {

  /** A client without a secret. */
  public static ClientIdentity publicClient(String clientId) {
    return new ClientIdentity(clientId, null, null, AuthMethod.NONE, null);
  }

  /** A client that shares a secret with its authorization server. */
  public static ClientIdentity withSecret(String clientId, String secret) {
    return new ClientIdentity(clientId, secret, null, null, null);
  }

  /** A client whose public key its authorization server knows. */
  public static ClientIdentity withKey(String clientId, SigningKey key) {
    return new ClientIdentity(clientId, null, key, AuthMethod.PRIVATE_KEY_JWT, null);
  }

  /** The same client, of that authorization server only. */
  public ClientIdentity boundTo(String newIssuer) {
    return new ClientIdentity(clientId, secret, key, method, newIssuer);
  }

  /** Whether the identity may be shown to the authorization server of that name. */
  boolean belongsTo(String otherIssuer) {
    return issuer == null || issuer.equals(otherIssuer);
  }

  /** The method to use with a server that offers these. */
  AuthMethod methodFor(List<String> offered) throws AuthorizationFailure {
    if (method != null) {
      return method;
    }
    if (key != null && offers(offered, AuthMethod.PRIVATE_KEY_JWT)) {
      return AuthMethod.PRIVATE_KEY_JWT;
    }
    if (secret != null && offers(offered, AuthMethod.CLIENT_SECRET_BASIC)) {
      return AuthMethod.CLIENT_SECRET_BASIC;
    }
    if (secret != null && offers(offered, AuthMethod.CLIENT_SECRET_POST)) {
      return AuthMethod.CLIENT_SECRET_POST;
    }
    if ((secret == null && key == null) || offers(offered, AuthMethod.NONE)) {
      return AuthMethod.NONE;
    }
    throw new AuthorizationFailure(
        "The token endpoint takes none of the ways this client can authenticate.");
  }

  private static boolean offers(List<String> offered, AuthMethod method) {
    return offered.contains(method.wireName());
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "ClientIdentity[clientId="
        + clientId
        + ", issuer="
        + Objects.toString(issuer, "any")
        + ", secret="
        + (secret == null ? "none" : "hidden")
        + "]";
  }
}

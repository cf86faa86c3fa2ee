package dev.plumbline.server.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be remembered of one authorization request to judge its response.
 *
 * @param state unguessable, comes back unchanged
 * @param verifier the secret half of the code challenge (RFC 7636)
 * @param server whose response it must be; its issuer is the recorded one
 * @param redirectUri where the response arrives
 */
record PendingAuthorization(
    String state, String verifier, AuthorizationServer server, URI redirectUri) {
  private static final int MAX_CODE_LENGTH = 4_096;

  static PendingAuthorization begin(AuthorizationServer server, URI redirectUri) {
    return new PendingAuthorization(Secrets.random(), Secrets.random(), server, redirectUri);
  }

  String challenge() {
    return Secrets.sha256(verifier);
  }

  /** The code of a response to this very request, from the server it was sent to. */
  String code(URI response) throws AuthorizationFailure {
    if (!SafeUrls.origin(response).equals(SafeUrls.origin(redirectUri))
        || !redirectUri.getRawPath().equals(response.getRawPath())) {
      throw new AuthorizationFailure(
          "The authorization response did not come to our redirect URI.");
    }
    Map<String, String> parameters = parameters(response);
    String returned = parameters.get("state");
    if (returned == null || !Secrets.same(state, returned)) {
      throw new AuthorizationFailure(
          "The authorization response is not the answer to our request: its state differs.");
    }
    // Before anything else of the response is believed, an error included.
    checkIssuer(parameters.get("iss"));
    String error = parameters.get("error");
    if (error != null) {
      throw new AuthorizationFailure(
          "The authorization server refused: " + AuthorizationFailure.quoted(error));
    }
    String code = parameters.get("code");
    if (code == null || code.isEmpty() || code.length() > MAX_CODE_LENGTH) {
      throw new AuthorizationFailure("The authorization response carries no code.");
    }
    return code;
  }

  /** The table of 2026-07-28 basic/authorization, authorization response validation. */
  private void checkIssuer(@Nullable String iss) throws AuthorizationFailure {
    if (iss == null) {
      if (server.issuerInResponses()) {
        throw new AuthorizationFailure(
            "The authorization response lacks iss, which its server promises to send.");
      }
      return;
    }
    // RFC 3986 §6.2.1: the strings themselves, without any normalization.
    if (!iss.equals(server.issuer())) {
      throw new AuthorizationFailure("The authorization response names another issuer.");
    }
  }

  /** A parameter that comes twice makes a response ambiguous (RFC 6749 §3.1). */
  private static Map<String, String> parameters(URI response) throws AuthorizationFailure {
    Map<String, String> parameters = new HashMap<>();
    String query = response.getRawQuery() == null ? "" : response.getRawQuery();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!pair.isEmpty() && parameters.putIfAbsent(name, value) != null) {
        throw new AuthorizationFailure("The authorization response repeats a parameter.");
      }
    }
    return parameters;
  }

  private static String decoded(String text) throws AuthorizationFailure {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AuthorizationFailure("The authorization response is not readable.", e);
    }
  }

  /** Hides state and verifier. */
  @Override
  public String toString() {
    return "PendingAuthorization[issuer=" + server.issuer() + "]";
  }
}

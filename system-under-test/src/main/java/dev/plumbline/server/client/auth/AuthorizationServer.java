package dev.plumbline.server.client.auth;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What an authorization server says about itself (RFC 8414 §2), checked.
 *
 * @param issuer its identifier, the very string its metadata was looked up by
 * @param codeChallengeMethods empty when it does not say, and then it has no PKCE
 * @param tokenAuthMethods how clients may authenticate at its token endpoint
 * @param issuerInResponses whether its authorization responses must name it (RFC 9207)
 * @param clientMetadataDocuments whether a URL can be a client id there
 * @param dpopAlgorithms empty when it does not offer DPoP
 */
record AuthorizationServer(
    String issuer,
    Optional<URI> authorizationEndpoint,
    URI tokenEndpoint,
    Optional<URI> registrationEndpoint,
    List<String> scopes,
    List<String> codeChallengeMethods,
    List<String> tokenAuthMethods,
    boolean issuerInResponses,
    boolean clientMetadataDocuments,
    List<String> dpopAlgorithms) {

  /** RFC 8414 §2: what holds for a server that does not say. */
  private static final List<String> DEFAULT_AUTH_METHODS = List.of("client_secret_basic");

  /** The only method we use; the other one is no protection. */
  static final String S256 = "S256";

  AuthorizationServer {
    scopes = List.copyOf(scopes);
    codeChallengeMethods = List.copyOf(codeChallengeMethods);
    tokenAuthMethods = List.copyOf(tokenAuthMethods);
    dpopAlgorithms = List.copyOf(dpopAlgorithms);
  }

  /**
   * The server a document describes.
   *
   * @param issuer the identifier the document was looked up by
   */
  static AuthorizationServer of(Metadata document, String issuer, URI endpoint)
      throws AuthorizationFailure {
    String claimed = document.required("issuer");
    // RFC 8414 §3.3: identical, character by character.
    if (!claimed.equals(issuer)) {
      throw new AuthorizationFailure(
          "The authorization server "
              + AuthorizationFailure.quoted(issuer)
              + " published metadata of another issuer: "
              + AuthorizationFailure.quoted(claimed));
    }
    return new AuthorizationServer(
        issuer,
        url(document, "authorization_endpoint", endpoint),
        SafeUrls.require(document.required("token_endpoint"), "token endpoint", endpoint),
        url(document, "registration_endpoint", endpoint),
        document.texts("scopes_supported").orElse(List.of()),
        document.texts("code_challenge_methods_supported").orElse(List.of()),
        document.texts("token_endpoint_auth_methods_supported").orElse(DEFAULT_AUTH_METHODS),
        document.flag("authorization_response_iss_parameter_supported"),
        document.flag("client_id_metadata_document_supported"),
        document.texts("dpop_signing_alg_values_supported").orElse(List.of()));
  }

  /**
   * A server without metadata, at the default paths (2025-03-26 basic/authorization, fallbacks).
   */
  static AuthorizationServer atDefaultPaths(URI endpoint) {
    return new AuthorizationServer(
        SafeUrls.sibling(endpoint, "").toString(),
        Optional.of(SafeUrls.sibling(endpoint, "/authorize")),
        SafeUrls.sibling(endpoint, "/token"),
        Optional.of(SafeUrls.sibling(endpoint, "/register")),
        List.of(),
        List.of(S256),
        List.of(AuthMethod.NONE.wireName(), AuthMethod.CLIENT_SECRET_POST.wireName()),
        false,
        false,
        List.of());
  }

  private static Optional<URI> url(Metadata document, String name, URI endpoint)
      throws AuthorizationFailure {
    Optional<String> url = document.text(name);
    return url.isPresent()
        ? Optional.of(SafeUrls.require(url.get(), name.replace('_', ' '), endpoint))
        : Optional.empty();
  }
}

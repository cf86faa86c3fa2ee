package dev.plumbline.server.client.auth;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a server says about itself as a protected resource (RFC 9728 §2).
 *
 * @param resource its identifier exactly as published; sent unchanged in every request for a token
 * @param authorizationServers issuer identifiers exactly as published, in the order given
 * @param scopes what it needs for its basic functions; empty when it does not say
 */
record ProtectedResource(
    String resource, List<String> authorizationServers, Optional<Scopes> scopes) {
  private static final String WHAT = "protected resource metadata";

  ProtectedResource {
    authorizationServers = List.copyOf(authorizationServers);
  }

  /** The document of a server, when it is the document of this endpoint. */
  static ProtectedResource of(Metadata document, URI endpoint) throws AuthorizationFailure {
    String resource = document.required("resource");
    // RFC 9728 §3.3: metadata of another resource must not be used.
    if (!SafeUrls.covers(SafeUrls.require(resource, "resource identifier", endpoint), endpoint)) {
      throw new AuthorizationFailure(
          "The " + WHAT + " is for another resource: " + AuthorizationFailure.quoted(resource));
    }
    List<String> servers = document.texts("authorization_servers").orElse(List.of());
    if (servers.isEmpty()) {
      throw new AuthorizationFailure("The " + WHAT + " names no authorization server.");
    }
    Optional<List<String>> scopes = document.texts("scopes_supported");
    return new ProtectedResource(
        resource,
        servers,
        scopes.isPresent() ? Optional.of(Scopes.of(scopes.get())) : Optional.empty());
  }
}

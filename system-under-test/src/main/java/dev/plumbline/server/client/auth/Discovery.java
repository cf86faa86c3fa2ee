package dev.plumbline.server.client.auth;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the metadata of a protected resource and of its authorization servers, in the order of
 * 2026-07-28 basic/authorization/authorization-server-discovery.
 */
final class Discovery {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final AuthHttp http;

  Discovery(AuthHttp http) {
    this.http = http;
  }

  /**
   * The protected resource an endpoint belongs to; empty when the server publishes nothing.
   *
   * @param announced where a challenge said the document is; then no other place is asked
   */
  Optional<ProtectedResource> resource(URI endpoint, Optional<String> announced)
      throws IOException, InterruptedException {
    if (announced.isPresent()) {
      URI url = SafeUrls.require(announced.get(), "resource metadata URL", endpoint);
      Metadata document =
          fetch(url, "protected resource metadata")
              .orElseThrow(
                  () ->
                      new AuthorizationFailure(
                          "There is no metadata where the challenge said it is: "
                              + AuthorizationFailure.quoted(announced.get())));
      return Optional.of(ProtectedResource.of(document, endpoint));
    }
    for (URI url : resourceUrls(endpoint)) {
      Optional<Metadata> document = fetch(url, "protected resource metadata");
      if (document.isPresent()) {
        return Optional.of(ProtectedResource.of(document.get(), endpoint));
      }
    }
    return Optional.empty();
  }

  /** The authorization server of that issuer; empty when it publishes nothing. */
  Optional<AuthorizationServer> server(String issuer, URI endpoint)
      throws IOException, InterruptedException {
    URI url = SafeUrls.require(issuer, "issuer", endpoint);
    if (url.getRawQuery() != null) {
      throw new AuthorizationFailure(
          "An issuer has no query (RFC 8414 §2): " + AuthorizationFailure.quoted(issuer));
    }
    for (URI place : serverUrls(url)) {
      Optional<Metadata> document = fetch(place, "authorization server metadata");
      if (document.isPresent()) {
        // The first document decides; a wrong one must not be made good by the next place.
        return Optional.of(AuthorizationServer.of(document.get(), issuer, endpoint));
      }
    }
    return Optional.empty();
  }

  private static List<URI> resourceUrls(URI endpoint) {
    List<URI> urls = new ArrayList<>();
    String path = SafeUrls.trimmedPath(endpoint);
    if (!path.isEmpty()) {
      urls.add(SafeUrls.sibling(endpoint, RESOURCE + path));
    }
    urls.add(SafeUrls.sibling(endpoint, RESOURCE));
    return urls;
  }

  private static List<URI> serverUrls(URI issuer) {
    String path = SafeUrls.trimmedPath(issuer);
    if (path.isEmpty()) {
      return List.of(SafeUrls.sibling(issuer, OAUTH), SafeUrls.sibling(issuer, OPENID));
    }
    return List.of(
        SafeUrls.sibling(issuer, OAUTH + path),
        SafeUrls.sibling(issuer, OPENID + path),
        SafeUrls.sibling(issuer, path + OPENID));
  }

  /** The document, when there is one: a page for people with status 200 is none. */
  private Optional<Metadata> fetch(URI url, String what) throws IOException, InterruptedException {
    AuthHttp.Answer answer = http.get(url);
    if (answer.status() != 200) {
      return Optional.empty();
    }
    return answer.object().map(document -> new Metadata(document, what));
  }
}

package dev.plumbline.server.access;

import dev.plumbline.server.era.Answer;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a protected server tells everybody about itself (RFC 9728 §2, §3). */
final class ResourceMetadata {
  /** Where such documents lie. */
  static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private ResourceMetadata() {}

  /** The document. */
  static Answer document(String resource, List<String> servers, Collection<String> scopes) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("resource", resource);
    servers.forEach(document.putArray("authorization_servers")::add);
    if (!scopes.isEmpty()) {
      scopes.stream().sorted().forEach(document.putArray("scopes_supported")::add);
    }
    document.putArray("bearer_methods_supported").add("header");
    return Answer.empty(200).withBody(new Answer.Body.Raw(document.toString()));
  }

  /** Its address: the path of the resource goes behind the well-known one. */
  static String address(String resource) {
    URI uri = URI.create(resource);
    return uri.getScheme() + "://" + uri.getRawAuthority() + WELL_KNOWN + path(uri);
  }

  /** True for each path that the document is served at: those of both, and the root. */
  static boolean isAt(String path, String resource, String endpointPath) {
    return path.equals(WELL_KNOWN)
        || path.equals(WELL_KNOWN + endpointPath)
        || (!resource.isEmpty() && path.equals(WELL_KNOWN + path(URI.create(resource))));
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null ? "" : uri.getRawPath();
  }
}

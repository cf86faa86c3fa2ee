package dev.plumbline.server.client.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which URLs authorization follows, and how they are compared. */
final class SafeUrls {
  private static final int MAX_LENGTH = 8_192;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private SafeUrls() {}

  /**
   * The URL, when it is https, or http on the loopback interface of a client whose MCP endpoint is
   * there too: a remote server must not send us to services of this machine.
   *
   * @param what names the URL in the failure
   * @param endpoint the MCP endpoint all of this is for
   */
  static URI require(String url, String what, URI endpoint) throws AuthorizationFailure {
    URI uri = parsed(url, what);
    String scheme = lower(uri.getScheme());
    boolean here = isLoopback(uri);
    if (here && !isLoopback(endpoint)) {
      throw new AuthorizationFailure(
          "The " + what + " is on the loopback interface, but the server is not; it is not asked.");
    }
    // 2026-07-28 basic/authorization/security-considerations, communication security
    if (!scheme.equals("https") && !(scheme.equals("http") && here)) {
      throw new AuthorizationFailure(
          "The "
              + what
              + " is neither https nor loopback http: "
              + AuthorizationFailure.quoted(url));
    }
    return uri;
  }

  private static URI parsed(String url, String what) throws AuthorizationFailure {
    try {
      URI uri = new URI(url);
      if (url.length() > MAX_LENGTH
          || uri.getScheme() == null
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawFragment() != null) {
        throw new AuthorizationFailure(
            "The "
                + what
                + " is no absolute URL without user and fragment: "
                + AuthorizationFailure.quoted(url));
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new AuthorizationFailure(
          "The " + what + " is no URL: " + AuthorizationFailure.quoted(url), e);
    }
  }

  /** Whether the host is this machine's loopback interface by name or literal address. */
  static boolean isLoopback(URI uri) {
    String host = lower(uri.getHost());
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Scheme, host and port, as two URLs of one origin share them. */
  static String origin(URI uri) {
    String scheme = lower(uri.getScheme());
    int port = uri.getPort();
    int effective = port >= 0 ? port : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    return scheme + "://" + lower(uri.getHost()) + ":" + effective;
  }

  /**
   * Whether a resource identifier stands for the endpoint: the same origin, and the endpoint's path
   * is the identifier's or lies below it, by whole segments.
   */
  static boolean covers(URI resource, URI endpoint) {
    if (!origin(resource).equals(origin(endpoint))) {
      return false;
    }
    String above = path(resource);
    String below = path(endpoint);
    if (resource.getRawQuery() != null && !resource.getRawQuery().equals(endpoint.getRawQuery())) {
      return false;
    }
    String folder = above.endsWith("/") ? above : above + "/";
    return below.equals(above) || below.startsWith(folder);
  }

  private static String path(URI uri) {
    String path = uri.normalize().getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** The scheme, host and port of a URL as it was written, with a path of ours. */
  static URI sibling(URI of, String path) {
    return URI.create(of.getScheme() + "://" + of.getRawAuthority() + path);
  }

  /** The path without a slash at its end; empty for the root. */
  static String trimmedPath(URI uri) {
    String path = uri.getRawPath();
    if (path == null) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}

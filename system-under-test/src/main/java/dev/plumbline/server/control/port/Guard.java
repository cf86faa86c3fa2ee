package dev.plumbline.server.control.port;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who may ask the control port: checks of the head of a request. */
final class Guard {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}]");

  private final Token token;

  Guard(Token token) {
    this.token = token;
  }

  /**
   * Why nobody may ask so; empty when the host is ours and no foreign page asks. A name that is not
   * an address could have been made to mean us by somebody else (DNS rebinding).
   */
  Optional<Told> foreign(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    // RFC 9112 §3.2: exactly one Host.
    if (hosts.size() != 1) {
      return Optional.of(Told.badRequest("exactly one Host header is required"));
    }
    String authority = hosts.getFirst().toLowerCase(Locale.ROOT);
    Optional<URI> host = uri("http://" + authority);
    if (host.isEmpty() || !isOurs(String.valueOf(host.get().getHost()))) {
      return Optional.of(
          Told.error(403, "foreign_host", "address the control port as localhost or by address"));
    }
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    boolean own = origins.stream().allMatch(o -> o.equalsIgnoreCase("http://" + authority));
    return own && origins.size() <= 1
        ? Optional.empty()
        : Optional.of(Told.error(403, "foreign_origin", "pages of other origins may not ask"));
  }

  private static boolean isOurs(String host) {
    return host.equals("localhost") || ADDRESS.matcher(host).matches();
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      boolean bare = uri.getRawUserInfo() == null && uri.getRawPath().isEmpty();
      return bare ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Why this one may not ask; empty when it knows the token. */
  Optional<Told> stranger(HttpHeaders headers) {
    List<String> given = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (given.size() == 1) {
      // RFC 9110 §11.1: the name of the scheme in any case.
      String text = given.getFirst();
      boolean bearer = text.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
      if (bearer && token.matches(text.substring("Bearer ".length()).strip())) {
        return Optional.empty();
      }
    }
    // RFC 6750 §3: without credentials no error code, with wrong ones invalid_token.
    String challenge =
        given.isEmpty()
            ? "Bearer realm=\"plumbline-control\""
            : "Bearer realm=\"plumbline-control\", error=\"invalid_token\"";
    return Optional.of(
        Told.error(401, "unauthorized", "send Authorization: Bearer with the control token")
            .with("WWW-Authenticate", challenge));
  }
}

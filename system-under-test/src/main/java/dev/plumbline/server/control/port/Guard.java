package dev.plumbline.server.control.port;

import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.SecurityTrail;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Who may ask the control port: checks of the head of a request. */
final class Guard {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}]");

  /** So many wrong tokens are more than a mistake. */
  static final int GUESSES = 5;

  private final Token token;
  private final String scheme;
  private final SecurityTrail trail;
  private final AtomicInteger guesses = new AtomicInteger();

  /**
   * Guards one port.
   *
   * @param scheme of its own pages
   * @param trail where refusals are written down
   */
  Guard(Token token, String scheme, SecurityTrail trail) {
    this.token = token;
    this.scheme = scheme;
    this.trail = trail;
  }

  /**
   * Why nobody may ask so; empty when the host is ours and no foreign page asks. A name that is not
   * an address could have been made to mean us by somebody else (DNS rebinding).
   */
  Optional<Told> foreign(Channel peer, HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    // RFC 9112 §3.2: exactly one Host.
    if (hosts.size() != 1) {
      attempted(SecurityEventType.MALFORMED, peer);
      return Optional.of(Told.badRequest("exactly one Host header is required"));
    }
    String authority = hosts.getFirst().toLowerCase(Locale.ROOT);
    Optional<URI> host = uri("http://" + authority);
    if (host.isEmpty() || !isOurs(String.valueOf(host.get().getHost()))) {
      attempted(SecurityEventType.FOREIGN_HOST, peer);
      return Optional.of(
          Told.error(403, "foreign_host", "address the control port as localhost or by address"));
    }
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    boolean own = origins.stream().allMatch(o -> o.equalsIgnoreCase(scheme + "://" + authority));
    if (own && origins.size() <= 1) {
      return Optional.empty();
    }
    attempted(SecurityEventType.FOREIGN_ORIGIN, peer);
    return Optional.of(Told.error(403, "foreign_origin", "pages of other origins may not ask"));
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

  /** Writes down what somebody tried. */
  void attempted(SecurityEventType type, Channel peer) {
    Map<String, String> details =
        peer.remoteAddress() instanceof InetSocketAddress address && !address.isUnresolved()
            ? Map.of("wire", "control", "peer", address.getAddress().getHostAddress())
            : Map.of("wire", "control");
    trail.add(type, true, details);
  }

  private void refused(boolean brought, Channel peer) {
    attempted(brought ? SecurityEventType.TOKEN_REFUSED : SecurityEventType.TOKEN_MISSING, peer);
    if (brought && guesses.incrementAndGet() % GUESSES == 0) {
      attempted(SecurityEventType.TOKEN_GUESSED, peer);
    }
  }

  /** Whether a request brings the token; nothing is written down when it does not. */
  boolean knows(HttpHeaders headers) {
    List<String> given = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (given.size() != 1) {
      return false;
    }
    // RFC 9110 §11.1: the name of the scheme in any case.
    String text = given.getFirst();
    boolean bearer = text.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
    return bearer && token.matches(text.substring("Bearer ".length()).strip());
  }

  /** Why this one may not ask, which is written down; empty when it knows the token. */
  Optional<Told> stranger(Channel peer, HttpHeaders headers) {
    if (knows(headers)) {
      return Optional.empty();
    }
    List<String> given = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    refused(!given.isEmpty(), peer);
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

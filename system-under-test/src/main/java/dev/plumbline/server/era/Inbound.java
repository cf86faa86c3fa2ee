package dev.plumbline.server.era;

import java.util.List;
import java.util.Optional;

/**
 * Where a message came from and what came with it.
 *
 * @param wire what carried it
 * @param headers its header fields
 * @param peer the other end
 * @param sink where messages ahead of the answer go
 * @param lease the permit and the deadline of this message
 * @param subject whom verified credentials name; empty where nobody verifies any
 */
public record Inbound(
    Wire wire,
    HeaderView headers,
    Peer peer,
    EventSink sink,
    Lease lease,
    Optional<String> subject) {
  /** Header that names the protocol revision. */
  public static final String VERSION_HEADER = "MCP-Protocol-Version";

  /** Who sends a message without credentials. */
  public static final String ANONYMOUS = "anonymous";

  /** Header that names the handshake-era session. */
  public static final String SESSION_HEADER = "MCP-Session-Id";

  /** Stands between the id of a session and what binds it to its principal. */
  public static final char TAG_MARK = '.';

  /** A message of which nobody verifies the credentials. */
  public Inbound(Wire wire, HeaderView headers, Peer peer, EventSink sink, Lease lease) {
    this(wire, headers, peer, sink, lease, Optional.empty());
  }

  /** The same message under another lease. */
  public Inbound under(Lease other) {
    return new Inbound(wire, headers, peer, sink, other, subject);
  }

  /** The same message, from whom its credentials name. */
  public Inbound of(String verified) {
    return new Inbound(wire, headers, peer, sink, lease, Optional.of(verified));
  }

  /** The same message with other header fields. */
  public Inbound with(HeaderView other) {
    return new Inbound(wire, other, peer, sink, lease, subject);
  }

  /** The id of a session as the server knows it. */
  public static String sessionId(String header) {
    int mark = header.indexOf(TAG_MARK);
    return mark < 0 ? header : header.substring(0, mark);
  }

  /**
   * Who sent it, as far as requests of one client can be told apart: a digest of whom the verified
   * credentials name, else of the credentials, or {@code anonymous}.
   */
  public String principal() {
    if (subject.isPresent()) {
      return Digest.sha256(subject.get());
    }
    List<String> credentials = headers.all("Authorization");
    return credentials.isEmpty() ? ANONYMOUS : Digest.sha256(String.join("\n", credentials));
  }

  /** True when the message claims to belong to a session. */
  public boolean claimsSession() {
    return switch (wire) {
      case HTTP -> !headers.all(SESSION_HEADER).isEmpty();
      case DUPLEX -> peer.session().isPresent();
    };
  }
}

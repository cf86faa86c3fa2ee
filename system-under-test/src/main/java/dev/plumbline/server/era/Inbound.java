package dev.plumbline.server.era;

import java.util.List;

/**
 * Where a message came from and what came with it.
 *
 * @param wire what carried it
 * @param headers its header fields
 * @param peer the other end
 * @param sink where messages ahead of the answer go
 * @param lease the permit and the deadline of this message
 */
public record Inbound(Wire wire, HeaderView headers, Peer peer, EventSink sink, Lease lease) {
  /** Header that names the protocol revision. */
  public static final String VERSION_HEADER = "MCP-Protocol-Version";

  /** Who sends a message without credentials. */
  public static final String ANONYMOUS = "anonymous";

  /** Header that names the handshake-era session. */
  public static final String SESSION_HEADER = "MCP-Session-Id";

  /** The same message under another lease. */
  public Inbound under(Lease other) {
    return new Inbound(wire, headers, peer, sink, other);
  }

  /**
   * Who sent it, as far as requests of one client can be told apart: a digest of the credentials,
   * or {@code anonymous}.
   */
  public String principal() {
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

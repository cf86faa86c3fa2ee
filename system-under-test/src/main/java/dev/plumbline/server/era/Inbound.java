package dev.plumbline.server.era;

/**
 * Where a message came from and what came with it.
 *
 * @param wire what carried it
 * @param headers its header fields
 * @param peer the other end
 */
public record Inbound(Wire wire, HeaderView headers, Peer peer) {
  /** Header that names the protocol revision. */
  public static final String VERSION_HEADER = "MCP-Protocol-Version";

  /** Header that names the handshake-era session. */
  public static final String SESSION_HEADER = "MCP-Session-Id";

  /** True when the message claims to belong to a session. */
  public boolean claimsSession() {
    return switch (wire) {
      case HTTP -> !headers.all(SESSION_HEADER).isEmpty();
      case STDIO -> peer.session().isPresent();
    };
  }
}

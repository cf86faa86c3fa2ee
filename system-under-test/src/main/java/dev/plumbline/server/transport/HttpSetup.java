package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * What the HTTP listener offers beside the MCP endpoint, and how.
 *
 * @param webSocket true to take WebSocket connections at {@link #WEB_SOCKET_PATH}
 * @param legacySse true to offer the HTTP+SSE transport of 2024-11-05 at {@link #SSE_PATH}
 * @param tls what it proves itself with; empty for plain text
 * @param keepAlive how often an idle event stream carries a comment
 * @param bodyBytes bytes of messages held at once, over all connections of the server
 * @param patience how long peers may keep the server waiting, on every listener
 */
public record HttpSetup(
    boolean webSocket,
    boolean legacySse,
    Optional<TlsIdentity> tls,
    Duration keepAlive,
    long bodyBytes,
    Patience patience) {
  /** Where WebSocket connections are taken. */
  public static final String WEB_SOCKET_PATH = "/ws";

  /** Where the event stream of 2024-11-05 is opened. */
  public static final String SSE_PATH = "/sse";

  /** Where the messages that belong to such a stream are posted. */
  public static final String SSE_MESSAGES_PATH = "/sse/messages";

  /** The MCP endpoint and nothing else. */
  public static final HttpSetup PLAIN =
      new HttpSetup(
          false,
          false,
          Optional.empty(),
          Limits.SSE_KEEP_ALIVE,
          Limits.MAX_BODY_BYTES_HELD,
          Patience.STANDARD);

  /** With WebSocket connections, or without. */
  public HttpSetup withWebSocket(boolean offered) {
    return new HttpSetup(offered, legacySse, tls, keepAlive, bodyBytes, patience);
  }

  /** With the HTTP+SSE transport of 2024-11-05, or without. */
  public HttpSetup withLegacySse(boolean offered) {
    return new HttpSetup(webSocket, offered, tls, keepAlive, bodyBytes, patience);
  }

  /** Behind TLS. */
  public HttpSetup withTls(TlsIdentity identity) {
    return new HttpSetup(
        webSocket, legacySse, Optional.of(identity), keepAlive, bodyBytes, patience);
  }

  /** With another time between comments. */
  public HttpSetup withKeepAlive(Duration other) {
    return new HttpSetup(webSocket, legacySse, tls, other, bodyBytes, patience);
  }

  /** With another bound on the bytes of messages. */
  public HttpSetup withBodyBytes(long other) {
    return new HttpSetup(webSocket, legacySse, tls, keepAlive, other, patience);
  }

  /** With other patience. */
  public HttpSetup withPatience(Patience other) {
    return new HttpSetup(webSocket, legacySse, tls, keepAlive, bodyBytes, other);
  }

  /** True when this path is offered besides the MCP endpoint. */
  boolean offers(String path) {
    return switch (path) {
      case WEB_SOCKET_PATH -> webSocket;
      case SSE_PATH, SSE_MESSAGES_PATH -> legacySse;
      default -> false;
    };
  }
}

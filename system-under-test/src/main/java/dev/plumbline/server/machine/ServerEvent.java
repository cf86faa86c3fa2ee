package dev.plumbline.server.machine;

/** What happens to the server. */
public enum ServerEvent implements Event {
  /** A client asked to initialize. */
  HANDSHAKE_BEGAN,
  /** A client is ready: handshake finished, or a stateless request arrived. */
  CLIENT_READY,
  /** A handshake was refused, timed out or was abandoned. */
  HANDSHAKE_FAILED,
  /** The last session ended. */
  CLIENTS_GONE,
  /** Someone asked the server to stop. */
  DRAIN,
  /** Nothing is in flight any more. */
  DRAINED,
  /** The bound on draining passed. */
  DRAIN_TIMEOUT
}

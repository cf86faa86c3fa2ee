package dev.plumbline.server.machine;

/** What happens to the client. */
public enum ClientEvent implements Event {
  /** Someone asked for a connection. */
  CONNECT,
  /** The wire is open. */
  OPENED,
  /** Era, revision and capabilities are known. */
  AGREED,
  /** The attempt to connect came to nothing. */
  FAILED,
  /** The server took too long to agree. */
  HANDSHAKE_TIMEOUT,
  /** The wire is gone: the process ended, the connection broke. */
  LOST,
  /** The server no longer knows the session; the wire is still there. */
  SESSION_ENDED,
  /** Someone asked to end. */
  CLOSE,
  /** Everything that belonged to the connection is released. */
  RELEASED
}

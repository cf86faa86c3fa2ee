package dev.plumbline.chaos.journal;

/** How a request ended. */
public enum Outcome {
  /** A result came. */
  OK,
  /** An error came: a JSON-RPC error or an HTTP status of 400 or more. */
  REFUSED,
  /** HTTP 404 to a request with a session id: the target no longer knows the session. */
  SESSION_LOST,
  /** Nothing came before the client's deadline. */
  TIMEOUT,
  /** The connection was closed or reset before the answer was complete. */
  CLOSED,
  /** No connection could be made. */
  CONNECT_FAILED,
  /** What came could not be read. */
  MALFORMED
}

package dev.plumbline.conformance.wire;

/** How an exchange ended. */
public enum End {
  /** Everything expected arrived. */
  COMPLETE,
  /** The deadline passed first; a late answer is not a wrong one. */
  TIMED_OUT,
  /** The target closed the connection, or its process ended, before it had answered. */
  CLOSED,
  /** No connection could be made, or the process could not be started. */
  CONNECT_FAILED,
  /** What arrived cannot be read, or exceeds our limits. */
  MALFORMED
}

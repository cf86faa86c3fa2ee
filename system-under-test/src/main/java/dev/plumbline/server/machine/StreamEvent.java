package dev.plumbline.server.machine;

/** What happens to an event stream. */
public enum StreamEvent implements Event {
  /** Its first connection carries it. */
  ATTACHED,
  /** The connection that carried it is gone, by accident or on purpose. */
  LOST,
  /** A client comes back with the id of the last event it got. */
  RESUME,
  /** The client has everything it missed. */
  REPLAYED,
  /** The last message is said. */
  FINISHED,
  /** It was kept long enough without a connection. */
  EXPIRED,
  /** Its session ends. */
  TERMINATED
}

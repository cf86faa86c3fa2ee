package dev.plumbline.server.machine;

/** What happens to a session. */
public enum SessionEvent {
  /** The client sent notifications/initialized. */
  INITIALIZED,
  /** A request other than ping arrived. */
  REQUEST,
  /** A ping arrived. */
  PING,
  /** The client listens for what is said outside any request. */
  LISTEN,
  /** Unused for the suspend interval. */
  SUSPEND,
  /** Unused for the idle limit. */
  IDLE_TIMEOUT,
  /** The client never sent notifications/initialized. */
  HANDSHAKE_TIMEOUT,
  /** The client (DELETE), or the server, ends the session. */
  TERMINATE,
  /** Everything that belonged to the session is released. */
  RELEASED
}

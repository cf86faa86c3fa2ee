package dev.plumbline.server.machine;

/** What happens to a session. */
public enum SessionEvent implements Event {
  /** The client sent notifications/initialized. */
  INITIALIZED,
  /** A request other than ping arrived. */
  REQUEST,
  /** A ping arrived. */
  PING,
  /** The client listens for what is said outside any request. */
  LISTEN,
  /** It was read from the store, or a handover came to nothing. */
  RESTORED,
  /** Someone asked that it take no new request. */
  DRAIN,
  /** Another process is to go on with it. */
  HAND_OVER,
  /** Unused for the suspend interval. */
  SUSPEND,
  /** Unused for the idle limit. */
  IDLE_TIMEOUT,
  /** The client did not send notifications/initialized in time. */
  HANDSHAKE_TIMEOUT,
  /** The client (DELETE), or the server, ends the session. */
  TERMINATE,
  /** Everything that belonged to the session is released. */
  RELEASED
}

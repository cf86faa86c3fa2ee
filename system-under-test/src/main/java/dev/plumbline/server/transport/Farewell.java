package dev.plumbline.server.transport;

/** Tells the connections of a transport how the server's stop proceeds. */
enum Farewell {
  /** Another process takes the connections over. */
  SERVER_MOVES,
  /** No new work is taken. */
  SERVER_DRAINS,
  /** Everything in flight is answered: close. */
  SERVER_STOPS
}

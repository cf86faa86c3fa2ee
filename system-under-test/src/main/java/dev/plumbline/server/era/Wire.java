package dev.plumbline.server.era;

/** What carries a message. */
public enum Wire {
  /** Streamable HTTP: one message per POST. */
  HTTP,
  /**
   * One peer per connection, messages both ways at any time: stdio and TCP (a message per line),
   * WebSocket (a message per frame), and the HTTP+SSE pair of 2024-11-05.
   */
  DUPLEX
}

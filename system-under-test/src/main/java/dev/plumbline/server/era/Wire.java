package dev.plumbline.server.era;

/** What carries a message. */
public enum Wire {
  /** Streamable HTTP: one message per POST. */
  HTTP,
  /** Standard streams: one message per line, one peer per process. */
  STDIO
}

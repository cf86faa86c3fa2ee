package dev.plumbline.evidence.model;

/** What carries the messages between Plumbline and the target. */
public enum Transport {
  /** Streamable HTTP over HTTP/1.1. */
  HTTP,
  /** Streamable HTTP over HTTP/2. */
  HTTP2,
  /** Lines on the standard streams of a process. */
  STDIO,
  /** Lines on a TCP connection. */
  TCP,
  /** Text messages of a WebSocket. */
  WEBSOCKET;

  /** Whether requests and answers are those of HTTP, with methods, headers and statuses. */
  public boolean isHttp() {
    return this == HTTP || this == HTTP2;
  }

  /** The name in files. */
  public String id() {
    return Names.toId(this);
  }
}

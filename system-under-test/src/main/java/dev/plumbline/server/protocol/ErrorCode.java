package dev.plumbline.server.protocol;

/** The JSON-RPC error codes this server emits. */
public enum ErrorCode {
  /** Not JSON at all, or JSON beyond the parser's limits. */
  PARSE_ERROR(-32700, "Parse error"),
  /** JSON, but not a message this server may act on. */
  INVALID_REQUEST(-32600, "Invalid request"),
  /** No such method in this era. */
  METHOD_NOT_FOUND(-32601, "Method not found"),
  /** The parameters do not fit the method. */
  INVALID_PARAMS(-32602, "Invalid params"),
  /** Our own failure. */
  INTERNAL_ERROR(-32603, "Internal error"),
  /** No such resource; handshake era only (2025-11-25 server/resources, error handling). */
  RESOURCE_NOT_FOUND(-32002, "Resource not found"),
  /** The user must open a URL first; 2025-11-25 alone (client/elicitation, error handling). */
  URL_ELICITATION_REQUIRED(-32042, "URL elicitation required"),
  /** Headers and body disagree; stateless era only. */
  HEADER_MISMATCH(-32020, "Header mismatch"),
  /** The client did not declare a capability the request needs; stateless era only. */
  MISSING_CAPABILITY(-32021, "Missing required client capability"),
  /** The version named by the request is not served; stateless era only. */
  UNSUPPORTED_VERSION(-32022, "Unsupported protocol version"),
  /** What a cancelled task came to; ours, outside the reserved range. */
  CANCELLED(-31499, "Cancelled"),
  /**
   * Shed because a limit is reached; ours, outside the reserved range (C19). The data has {@code
   * reason} (capacity, breaker, rate), {@code role}, {@code limit}, {@code depth} and {@code
   * retryAfterMs}; over HTTP the status is 429 with Retry-After.
   */
  OVERLOADED(-31429, "Overloaded, try again later"),
  /** Refused because the server, or the session, is draining; ours, outside the reserved range. */
  DRAINING(-31503, "Server is shutting down"),
  /** What must be stored cannot be now; ours, outside the reserved range. */
  STORE_UNAVAILABLE(-31505, "Session store unavailable, try again later"),
  /** A part of the server is being restarted, or was given up; ours, outside the reserved range. */
  UNAVAILABLE(-31513, "A part of the server is not available"),
  /** Gave up at the request's deadline; ours, outside the reserved range. */
  DEADLINE_EXCEEDED(-31504, "Deadline exceeded");

  private final int code;
  private final String text;

  ErrorCode(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The general message. */
  public String text() {
    return text;
  }
}

package dev.plumbline.server.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The error member of a JSON-RPC error response.
 *
 * @param code number on the wire
 * @param message one line for a person
 * @param data more for a program, or null
 */
public record RpcError(int code, String message, @Nullable JsonNode data) {
  /** An error with the code's own message. */
  public static RpcError of(ErrorCode code) {
    return new RpcError(code.code(), code.text(), null);
  }

  /** An error that says what was wrong. */
  public static RpcError of(ErrorCode code, String detail) {
    return new RpcError(code.code(), code.text() + ": " + detail, null);
  }

  /** The same error with data for a program. */
  public RpcError with(JsonNode more) {
    return new RpcError(code, message, more);
  }

  /** True when the code is the given one. */
  public boolean is(ErrorCode other) {
    return code == other.code();
  }
}

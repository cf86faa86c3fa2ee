package dev.plumbline.server.protocol;

/**
 * The id of a JSON-RPC request: a string or an integer, never null (basic/index of both revisions).
 * An integer keeps its digits as written, so that the echo is exact whatever its size.
 */
public sealed interface RequestId {
  /** An id that is a JSON string. */
  record Text(String value) implements RequestId {}

  /** An id that is a JSON integer, digits as written. */
  record Whole(String digits) implements RequestId {}
}

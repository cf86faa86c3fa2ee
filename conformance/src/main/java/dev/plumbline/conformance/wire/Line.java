package dev.plumbline.conformance.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One line a process wrote to its standard output, or one message of a socket.
 *
 * @param bytes the line without its line feed; cut at the driver's line limit
 * @param atNanos when it was complete, in nanoseconds since the recording began
 */
public record Line(Bytes bytes, long atNanos) {

  /** The line as JSON, or empty when it is not JSON. */
  public Optional<JsonNode> json() {
    return Messages.parse(bytes);
  }
}

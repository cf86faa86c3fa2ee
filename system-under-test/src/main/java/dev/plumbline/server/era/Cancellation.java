package dev.plumbline.server.era;

import dev.plumbline.server.protocol.RequestId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the request a cancellation names; a malformed one is ignored (cancellation page). */
final class Cancellation {
  private Cancellation() {}

  static Optional<RequestId> target(ObjectNode params) {
    JsonNode id = params.path("requestId");
    if (id.isString()) {
      return Optional.of(new RequestId.Text(id.stringValue()));
    }
    return id.isIntegralNumber()
        ? Optional.of(new RequestId.Whole(id.asString()))
        : Optional.empty();
  }
}

package dev.plumbline.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/** What a request came to. */
public sealed interface Reply {
  /** It worked. */
  record Result(ObjectNode value) implements Reply {}

  /** It did not. */
  record Failure(RpcError error) implements Reply {}
}

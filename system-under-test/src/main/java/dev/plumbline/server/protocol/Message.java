package dev.plumbline.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/** One well-formed JSON-RPC message, in either direction. */
public sealed interface Message {
  /** A message that names a method. */
  sealed interface Call extends Message {
    /** The method, for example {@code tools/list}. */
    String method();

    /** The parameters; empty when the message had none. */
    ObjectNode params();
  }

  /** A call that wants an answer. */
  record Request(RequestId id, String method, ObjectNode params) implements Call {}

  /** A call that must not be answered. */
  record Notification(String method, ObjectNode params) implements Call {}

  /** The other side's answer to a request of ours. */
  record Response(RequestId id, Reply reply) implements Message {}
}

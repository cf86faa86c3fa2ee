package dev.plumbline.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/** One well-formed JSON-RPC message from the client. */
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

  /** The client's answer to something; the server asks nothing yet, so its content is not kept. */
  record Response(RequestId id) implements Message {}
}

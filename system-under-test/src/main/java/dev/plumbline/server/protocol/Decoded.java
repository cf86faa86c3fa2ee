package dev.plumbline.server.protocol;

import org.jspecify.annotations.Nullable;

/** What decoding one message came to. */
public sealed interface Decoded {
  /** A message the server can act on. */
  record Valid(Message message) implements Decoded {}

  /**
   * Not a message.
   *
   * @param error what to answer
   * @param id the id to answer with when it could be read, otherwise null: the member is then left
   *     out, never written as null
   */
  record Malformed(RpcError error, @Nullable RequestId id) implements Decoded {}
}

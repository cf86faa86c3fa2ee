package dev.plumbline.server.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decoding one message came to. */
public sealed interface Decoded {
  /** A message the server can act on. */
  record Valid(Message message) implements Decoded {}

  /**
   * Several messages in one array, as revision 2025-03-26 allows; at least one.
   *
   * @param items valid or malformed, never a batch again
   */
  record Batch(List<Decoded> items) implements Decoded {
    /** Copies the list. */
    public Batch {
      items = List.copyOf(items);
    }
  }

  /**
   * Not a message.
   *
   * @param error what to answer
   * @param id the id to answer with when it could be read, otherwise null: the member is then left
   *     out, never written as null
   */
  record Malformed(RpcError error, @Nullable RequestId id) implements Decoded {}
}

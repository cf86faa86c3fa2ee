package dev.plumbline.server.transport;

import dev.plumbline.server.era.EventSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events (HTML Living Standard, server-sent events, event stream format). */
final class ServerSentEvents {
  private static final int FIELD_BYTES = 96;
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private ServerSentEvents() {}

  /**
   * One event; its data is one line of JSON and therefore one field. Empty data is written as a
   * field too: without one, a client forgets the event's id with it. An event that says nothing at
   * all is a comment: a sign of life.
   *
   * @param name the event's type; null for the default
   */
  static ByteBuf encode(ByteBufAllocator allocator, @Nullable String name, EventSink.Event event) {
    ByteBuf out = allocator.buffer(event.data().length + FIELD_BYTES);
    if (name != null) {
      out.writeCharSequence("event: " + name + "\n", StandardCharsets.US_ASCII);
    }
    if (event.id() != null) {
      out.writeCharSequence("id: " + event.id() + "\n", StandardCharsets.US_ASCII);
    }
    if (event.retry() != null) {
      out.writeCharSequence("retry: " + event.retry().toMillis() + "\n", StandardCharsets.US_ASCII);
    }
    if (event.id() == null && event.retry() == null && event.data().length == 0) {
      return out.writeBytes(COMMENT);
    }
    out.writeBytes(DATA);
    if (event.data().length > 0) {
      out.writeByte(' ').writeBytes(event.data());
    }
    return out.writeByte('\n').writeByte('\n');
  }

  /** A comment, which clients ignore and proxies forward. */
  static ByteBuf comment(ByteBufAllocator allocator) {
    return allocator.buffer(COMMENT.length).writeBytes(COMMENT);
  }
}

package dev.plumbline.server.transport;

import dev.plumbline.server.era.EventSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events (HTML Living Standard, server-sent events, event stream format). */
final class ServerSentEvents {
  private static final int FIELD_BYTES = 64;
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private ServerSentEvents() {}

  /**
   * One event; its data is one line of JSON and therefore one field. An event that says nothing at
   * all is a comment: a sign of life.
   */
  static ByteBuf encode(ByteBufAllocator allocator, EventSink.Event event) {
    ByteBuf out = allocator.buffer(event.data().length + FIELD_BYTES);
    if (event.id() != null) {
      out.writeCharSequence("id: " + event.id() + "\n", StandardCharsets.US_ASCII);
    }
    if (event.retry() != null) {
      out.writeCharSequence("retry: " + event.retry().toMillis() + "\n", StandardCharsets.US_ASCII);
    }
    if (event.id() == null && event.retry() == null && event.data().length == 0) {
      return out.writeBytes(COMMENT);
    }
    out.writeBytes(DATA).writeBytes(event.data()).writeByte('\n').writeByte('\n');
    return out;
  }
}

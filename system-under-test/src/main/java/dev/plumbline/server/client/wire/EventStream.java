package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events from a byte stream, with a cap on every event (WHATWG HTML, server-sent
 * events). An event whose data is empty is returned too: it moves the cursor.
 */
final class EventStream {
  /**
   * One event.
   *
   * @param name the event's name, {@code message} unless the stream says otherwise
   * @param data its lines joined, possibly empty
   * @param id the last id the stream named, or null
   * @param retryMillis the reconnection time this event named, or null
   */
  record Event(String name, String data, @Nullable String id, @Nullable Long retryMillis) {}

  private static final int BUFFER_BYTES = 16_384;
  private static final int MAX_RETRY_DIGITS = 9;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private @Nullable String lastId;
  private boolean afterReturn;
  private boolean first = true;
  private int eventBytes;

  EventStream(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /** The next event, or null at the end; an event cut short by the end is dropped. */
  @Nullable Event next() throws IOException {
    String name = "message";
    StringBuilder data = null;
    Long retry = null;
    boolean moved = false;
    eventBytes = 0;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (data != null || moved) {
          return new Event(name, data == null ? "" : data.toString(), lastId, retry);
        }
        name = "message";
        eventBytes = 0;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> name = value;
        case "data" ->
            data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
        case "id" -> {
          if (value.indexOf('\0') < 0) {
            lastId = value.isEmpty() ? null : value;
            moved = true;
          }
        }
        case "retry" -> {
          if (!value.isEmpty()
              && value.length() <= MAX_RETRY_DIGITS
              && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            retry = Long.valueOf(value);
            moved = true;
          }
        }
        default -> {}
      }
    }
    return null;
  }

  /** One line ended by CR, LF or both; null at the end. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      boolean pairedFeed = b == '\n' && afterReturn;
      afterReturn = false;
      if (pairedFeed) {
        continue;
      }
      if (b < 0) {
        return null;
      }
      if (b == '\n' || b == '\r') {
        afterReturn = b == '\r';
        return text(line);
      }
      if (++eventBytes > JsonLimits.MAX_MESSAGE_BYTES) {
        throw new IOException("an event of the server is larger than 10 MiB");
      }
      line.write(b);
    }
  }

  private String text(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    boolean marked = first && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    first = false;
    return marked ? text.substring(1) : text;
  }
}

package dev.plumbline.conformance.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/** What came back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Inbound.HttpResponse.class, name = "http-response"),
  @JsonSubTypes.Type(value = Inbound.Lines.class, name = "lines"),
  @JsonSubTypes.Type(value = Inbound.Unparsed.class, name = "unparsed"),
  @JsonSubTypes.Type(value = Inbound.Nothing.class, name = "nothing")
})
public sealed interface Inbound {

  /**
   * An HTTP response, possibly cut short: the exchange's {@link End} tells.
   *
   * @param status the status code
   * @param reason the reason phrase, possibly empty; HTTP/2 has none
   * @param headers all header fields; over HTTP/1.1 in the order they arrived
   * @param body the body after transfer coding was removed, as far as it arrived; for an event
   *     stream the stream's bytes
   * @param events the events of an event stream; empty for every other content type
   */
  record HttpResponse(
      int status, String reason, List<Header> headers, Bytes body, List<SseEvent> events)
      implements Inbound {
    /** Copies the lists. */
    public HttpResponse {
      headers = List.copyOf(headers);
      events = List.copyOf(events);
    }

    /** The same response with another body, whose events are read again when there were any. */
    public HttpResponse withBody(Bytes other) {
      if (events.isEmpty()) {
        return new HttpResponse(status, reason, headers, other, events);
      }
      List<SseEvent> read = new ArrayList<>();
      byte[] bytes = other.toArray();
      new SseParser(() -> events.get(Math.min(read.size(), events.size() - 1)).atNanos(), read::add)
          .feed(bytes, bytes.length);
      return new HttpResponse(status, reason, headers, other, read);
    }
  }

  /**
   * What a process, a TCP connection or a WebSocket brought since the exchange before this one
   * ended.
   *
   * @param lines complete lines, or the messages of a WebSocket, also those that are not JSON
   * @param stderr what it wrote to its standard error, bounded
   */
  record Lines(List<Line> lines, Bytes stderr) implements Inbound {
    /** Copies the list. */
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Bytes that are not an HTTP/1.1 response, or one over our limits; no bytes and the reason when
   * no connection could be made.
   *
   * @param bytes what arrived, bounded
   * @param problem why it could not be read, in one line
   */
  record Unparsed(Bytes bytes, String problem) implements Inbound {}

  /** Not a single byte. */
  record Nothing() implements Inbound {}
}

package dev.plumbline.conformance.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What was sent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outbound.HttpRequest.class, name = "http-request"),
  @JsonSubTypes.Type(value = Outbound.Line.class, name = "line"),
  @JsonSubTypes.Type(value = Outbound.Raw.class, name = "raw"),
  @JsonSubTypes.Type(value = Outbound.Listening.class, name = "listening")
})
public sealed interface Outbound {

  /**
   * An HTTP request.
   *
   * @param method the request method
   * @param target the request target as it stood in the request line
   * @param headers all header fields in the order they were sent; credentials are blotted out
   * @param body the body, empty when there was none
   */
  record HttpRequest(String method, String target, List<Header> headers, Bytes body)
      implements Outbound {
    /** Copies the headers. */
    public HttpRequest {
      headers = List.copyOf(headers);
    }
  }

  /**
   * A message: a line on a process' standard input or a TCP connection, or a text message of a
   * WebSocket.
   *
   * @param bytes the message without line feed or frame
   */
  record Line(Bytes bytes) implements Outbound {}

  /**
   * Bytes written as they are.
   *
   * @param bytes everything that was written
   */
  record Raw(Bytes bytes) implements Outbound {}

  /** Nothing was sent; only what arrived was taken down. */
  record Listening() implements Outbound {}
}

package dev.plumbline.server.transport;

import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The head of an HTTP request.
 *
 * @param method the method
 * @param target the request target as sent
 * @param version for example {@code HTTP/1.1}
 * @param headers the header fields
 * @param longestValue length of the longest header value in characters
 */
public record RequestHead(
    String method, String target, String version, HeaderView headers, int longestValue) {
  static RequestHead of(HttpRequest request) {
    int longest = 0;
    Iterator<Map.Entry<CharSequence, CharSequence>> fields =
        request.headers().iteratorCharSequence();
    while (fields.hasNext()) {
      longest = Math.max(longest, fields.next().getValue().length());
    }
    return new RequestHead(
        request.method().name(),
        request.uri(),
        request.protocolVersion().text(),
        new Fields(request.headers()),
        longest);
  }

  private record Fields(HttpHeaders headers) implements HeaderView {
    @Override
    public List<String> all(String name) {
      return RequestHead.all(headers, name);
    }

    @Override
    public Set<String> names() {
      return headers.names();
    }
  }

  /** Nearly every field is there once or not at all. */
  private static List<String> all(HttpHeaders headers, String name) {
    Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
    if (!values.hasNext()) {
      return List.of();
    }
    String first = values.next().toString();
    return values.hasNext() ? headers.getAll(name) : List.of(first);
  }

  /** The path of the target. */
  public String path() {
    return HeadRules.pathOf(target);
  }

  /** True when this path is asked for. */
  boolean isAt(String wanted) {
    return path().equals(wanted);
  }

  /**
   * True when the loss of the connection ends the request too. 2026-07-28 cancellation: a
   * disconnect cancels. 2025-11-25 transports: it should not.
   */
  boolean endsWithConnection() {
    return method.equals("GET")
        || headers.first(Inbound.VERSION_HEADER).filter(Revisions.STATELESS::equals).isPresent();
  }

  /** The credentials alone: what of a connection's first request counts for all its messages. */
  HeaderView credentials() {
    List<String> given = List.copyOf(headers.all("Authorization"));
    return name -> name.equalsIgnoreCase("Authorization") ? given : List.of();
  }
}

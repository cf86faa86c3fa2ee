package dev.plumbline.server.transport;

import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Map;

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
    for (Map.Entry<String, String> field : request.headers()) {
      longest = Math.max(longest, field.getValue().length());
    }
    return new RequestHead(
        request.method().name(),
        request.uri(),
        request.protocolVersion().text(),
        name -> request.headers().getAll(name),
        longest);
  }

  /** The path of the target. */
  String path() {
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

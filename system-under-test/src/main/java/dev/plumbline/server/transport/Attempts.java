package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.SecurityTrail;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes down what peers tried: in our words, nothing of what they sent. */
final class Attempts {
  private static final int FORBIDDEN = 403;
  private static final int BAD_REQUEST = 400;

  private final SecurityTrail trail;

  Attempts(SecurityTrail trail) {
    this.trail = trail;
  }

  /** A rule of the head refused a request. */
  void refused(Channel channel, HeadRule rule, RequestHead head, Answer answer) {
    kind(rule.name(), head, answer.status())
        .ifPresent(type -> add(channel, wire(channel), type, answer.status()));
  }

  /** What a refusal by a rule is about; most are about nothing but a mistake. */
  private static Optional<SecurityEventType> kind(String rule, RequestHead head, int status) {
    return switch (rule) {
      case HeadRules.HOST ->
          Optional.of(
              status == FORBIDDEN ? SecurityEventType.FOREIGN_HOST : SecurityEventType.MALFORMED);
      case HeadRules.ORIGIN -> Optional.of(SecurityEventType.FOREIGN_ORIGIN);
      case HeadRules.TARGET_LENGTH, HeadRules.VALUE_LENGTH ->
          Optional.of(SecurityEventType.OVERSIZED);
      case HeadRules.TOKEN -> Optional.of(aboutToken(head, status));
      default -> Optional.empty();
    };
  }

  private static SecurityEventType aboutToken(RequestHead head, int status) {
    if (status == FORBIDDEN) {
      return SecurityEventType.SCOPE_INSUFFICIENT;
    }
    return head.headers().all("Authorization").isEmpty()
        ? SecurityEventType.TOKEN_MISSING
        : SecurityEventType.TOKEN_REFUSED;
  }

  /** Bytes were no request of HTTP, or too many. */
  void malformed(Channel channel, int status) {
    add(
        channel,
        wire(channel),
        status == BAD_REQUEST ? SecurityEventType.MALFORMED : SecurityEventType.OVERSIZED,
        status);
  }

  /** Something without a status of HTTP was refused. */
  void add(Channel channel, String wire, SecurityEventType type) {
    add(channel, wire, type, 0);
  }

  private void add(Channel channel, String wire, SecurityEventType type, int status) {
    Map<String, String> details = new HashMap<>();
    details.put("wire", wire);
    if (status != 0) {
      details.put("status", Integer.toString(status));
    }
    Channel connection = channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
    if (connection.remoteAddress() instanceof InetSocketAddress peer && !peer.isUnresolved()) {
      details.put("peer", peer.getAddress().getHostAddress());
    }
    trail.add(type, true, details);
  }

  private static String wire(Channel channel) {
    return channel instanceof Http2StreamChannel ? "http2" : "http";
  }
}

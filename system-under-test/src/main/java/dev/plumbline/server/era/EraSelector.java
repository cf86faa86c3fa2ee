package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;

/** Decides which era a message belongs to. */
@FunctionalInterface
public interface EraSelector {
  /** The two choices. */
  enum Choice {
    /** 2025-11-25 and earlier. */
    HANDSHAKE,
    /** 2026-07-28. */
    STATELESS
  }

  /** The era of one message. */
  Choice select(Inbound in, Message message);

  /**
   * The rule of this server. Modern metadata decides first; then initialize is always a handshake;
   * then the version header. The presence of Mcp-Method says nothing: handshake clients send it
   * too.
   */
  static Choice standard(Inbound in, Message message) {
    String header = in.headers().first(Inbound.VERSION_HEADER).orElse("");
    if (message instanceof Message.Call call) {
      if (Meta.field(call.params(), Meta.PROTOCOL_VERSION) != null) {
        return Choice.STATELESS;
      }
      if (in.wire() == Wire.DUPLEX && cancelsStateless(in, call)) {
        return Choice.STATELESS;
      }
      if (call.method().equals("initialize")) {
        return Choice.HANDSHAKE;
      }
      if (!in.claimsSession() && call.method().equals("server/discover")) {
        return Choice.STATELESS;
      }
    }
    boolean unknownVersion = !header.isEmpty() && !Revisions.isKnown(header);
    return header.equals(Revisions.STATELESS) || (unknownVersion && !in.claimsSession())
        ? Choice.STATELESS
        : Choice.HANDSHAKE;
  }

  /** A cancellation carries no version: it belongs to the era of the request it names. */
  private static boolean cancelsStateless(Inbound in, Message.Call call) {
    return call.method().equals("notifications/cancelled")
        && Cancellation.target(call.params()).filter(in.peer().inFlight()::knows).isPresent();
  }
}

package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.limit.RateSlot;
import dev.plumbline.server.protocol.Decoded;

/** From a complete HTTP request to what a virtual thread does for it. */
final class HttpWork {
  private HttpWork() {}

  /** Where a request comes from. */
  static Inbound inbound(RequestHead head, RateSlot rate, EventSink sink) {
    return new Inbound(Wire.HTTP, head.headers(), new Peer(rate), sink, Lease.UNBOUNDED);
  }

  static Work of(Endpoint endpoint, String method, byte[] body, Inbound in) {
    return switch (method) {
      case "POST" ->
          lease -> {
            Decoded decoded = endpoint.decode(body);
            lease.id(Endpoint.idOf(decoded));
            return endpoint.answer(in.under(lease), decoded);
          };
      case "GET" -> lease -> endpoint.get(in.under(lease));
      case "DELETE" -> lease -> endpoint.delete(in.under(lease));
      default -> _ -> Endpoint.notAllowed();
    };
  }
}

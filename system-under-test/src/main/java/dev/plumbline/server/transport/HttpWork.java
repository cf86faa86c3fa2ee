package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.protocol.Decoded;

/** From a complete HTTP request to what a virtual thread does for it. */
final class HttpWork {
  private HttpWork() {}

  static Work of(Endpoint endpoint, RequestHead head, byte[] body) {
    Inbound in = new Inbound(Wire.HTTP, head.headers(), new Peer());
    return switch (head.method()) {
      case "POST" ->
          id -> {
            Decoded decoded = endpoint.decode(body);
            id.set(Endpoint.idOf(decoded));
            return endpoint.answer(in, decoded);
          };
      case "GET" -> _ -> endpoint.get(in);
      case "DELETE" -> _ -> endpoint.delete(in);
      default -> _ -> Endpoint.notAllowed();
    };
  }
}

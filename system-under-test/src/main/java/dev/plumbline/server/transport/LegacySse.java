package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.registry.OpaqueIds;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

/**
 * The deprecated transport of 2024-11-05: messages are posted to an address that the first event of
 * a stream names, and everything the server says arrives on that stream.
 */
final class LegacySse {
  private static final String QUERY = "?stream=";

  private final Dispatch dispatch;
  private final TransportPart part;
  private final OpaqueIds ids = new OpaqueIds();
  private final ConcurrentMap<String, Link> links = new ConcurrentHashMap<>();

  LegacySse(Dispatch dispatch) {
    this.dispatch = dispatch;
    this.part =
        new TransportPart(dispatch.runner().domains(), "legacy-sse") {
          @Override
          void end(RpcError why) {
            // The streams themselves run in the domain and end with it.
            links.values().forEach(link -> link.duplex.failAll(why));
          }
        };
  }

  /** Its failure domain, and what that consists of. */
  TransportPart part() {
    return part;
  }

  /** Requests taken and not yet answered. */
  int exchanges() {
    return part.pending();
  }

  /** What is done for a request to one of the two paths. */
  Work work(RequestHead head, byte[] body, HttpExchange exchange) {
    boolean stream = head.isAt(HttpSetup.SSE_PATH);
    if (head.method().equals(stream ? "GET" : "POST")) {
      return stream ? lease -> open(head, exchange, lease) : _ -> post(head.target(), body);
    }
    return _ -> Endpoint.notAllowed().with("Allow", stream ? "GET" : "POST");
  }

  private Answer open(RequestHead head, HttpExchange exchange, Lease lease) {
    Optional<Refusal> refusal = lease.last();
    if (refusal.isPresent()) {
      return Answer.refused(null, refusal.get());
    }
    String id = ids.next();
    Link link = new Link(head, exchange);
    links.put(id, link);
    try {
      String address = HttpSetup.SSE_MESSAGES_PATH + QUERY + id;
      var _ = exchange.send("endpoint", event(address.getBytes(StandardCharsets.US_ASCII)));
      link.lasts();
    } finally {
      links.remove(id);
      link.end();
    }
    return Answer.streamed();
  }

  private Answer post(String target, byte[] body) {
    int query = target.indexOf(QUERY);
    Link link = query < 0 ? null : links.get(target.substring(query + QUERY.length()));
    if (link == null) {
      return Answer.refusal(
          404, null, RpcError.of(ErrorCode.INVALID_REQUEST, "no such event stream"));
    }
    return link.take(body)
        ? Answer.empty(202)
        : Answer.refused(null, Refusal.of("connection_inbound", Lane.PAUSE_AT));
  }

  private static EventSink.Event event(byte[] data) {
    return EventSink.Event.of(MessageKind.NEWS, data);
  }

  /** One stream and what is posted to it. */
  private final class Link implements Outlet {
    private final HttpExchange exchange;
    private final Duplex duplex;
    private final Flow flow;
    private final Lane lane = new Lane(more -> this.takesMore = more);
    private volatile boolean takesMore = true;

    private Link(RequestHead head, HttpExchange exchange) {
      this.exchange = exchange;
      this.flow = dispatch.flows().open("sse");
      flow.whenCut(exchange::cutOff);
      this.duplex = new Duplex(dispatch, this, head.credentials(), part, PeerLimits.of(flow));
    }

    /** Waits until the stream's request is abandoned because its connection ended. */
    private void lasts() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean take(byte[] message) {
      if (!takesMore || !dispatch.bodies().tryTake(message.length)) {
        return false;
      }
      lane.add(() -> duplex.take(message));
      return true;
    }

    private void end() {
      lane.add(
          () -> {
            duplex.lost();
            flow.close();
          });
    }

    @Override
    public boolean open() {
      return exchange.open();
    }

    @Override
    public CompletableFuture<Boolean> write(byte[] message) {
      return exchange.send("message", event(message));
    }
  }
}

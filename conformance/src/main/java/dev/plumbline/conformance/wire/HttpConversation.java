package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation over Streamable HTTP, in either version of HTTP. */
public final class HttpConversation extends BaseConversation {
  /** How long the courtesies are waited for: answers to the target's requests, the farewell. */
  private static final Duration COURTESY = Duration.ofSeconds(1);

  /** 2025-06-18 basic/transports#protocol-version-header: older revisions do not know it. */
  private static final String HEADER_SINCE = "2025-06-18";

  private final URI url;
  private final Transport transport;
  private final List<Header> credentials;
  private final Supplier<HttpExchanges> wires;
  private final HttpExchanges wire;
  private boolean healthy = true;
  private boolean closed;

  /**
   * @param url the MCP endpoint
   * @param dial where to connect instead of the URL's host and port
   * @param credentials headers added to every request
   */
  public HttpConversation(
      Era era,
      URI url,
      Optional<InetSocketAddress> dial,
      List<Header> credentials,
      Recorder recorder,
      Redactor redactor) {
    this(
        era,
        Transport.HTTP,
        url,
        credentials,
        () -> new HttpWire(url, dial, recorder),
        recorder,
        redactor);
  }

  /**
   * A conversation over connections of any kind.
   *
   * @param wires makes one more connection
   */
  HttpConversation(
      Era era,
      Transport transport,
      URI url,
      List<Header> credentials,
      Supplier<HttpExchanges> wires,
      Recorder recorder,
      Redactor redactor) {
    super(era, recorder, redactor);
    this.url = url;
    this.transport = transport;
    this.credentials = List.copyOf(credentials);
    this.wires = wires;
    this.wire = wires.get();
  }

  /**
   * A conversation over HTTP/2.
   *
   * @param url the MCP endpoint; scheme https
   * @param trust whose certificates are trusted
   */
  public static HttpConversation overHttp2(
      Era era,
      URI url,
      SSLContext trust,
      List<Header> credentials,
      Recorder recorder,
      Redactor redactor) {
    return new HttpConversation(
        era,
        Transport.HTTP2,
        url,
        credentials,
        () -> new Http2Wire(url, trust, recorder),
        recorder,
        redactor);
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  Draft wrap(ObjectNode message, boolean opening) {
    List<Header> headers = headers("application/json, text/event-stream", opening);
    headers.add(
        transport == Transport.HTTP ? 2 : 1, new Header("Content-Type", "application/json"));
    return Draft.post(era(), mirror(), Dial.target(url), headers, message);
  }

  @Override
  public Draft http(String httpMethod) {
    List<Header> headers = headers("text/event-stream", false);
    return Draft.bodiless(era(), httpMethod, Dial.target(url), headers);
  }

  private List<Header> headers(String accept, boolean opening) {
    List<Header> headers = new ArrayList<>();
    if (transport == Transport.HTTP) {
      // RFC 9113 §8.3.1: in HTTP/2 the authority is no header.
      headers.add(new Header("Host", Dial.authority(url)));
    }
    headers.add(new Header("Accept", accept));
    headers.add(new Header("User-Agent", CLIENT_NAME + "/" + CLIENT_VERSION));
    if (!opening) {
      if (revision().compareTo(HEADER_SINCE) >= 0) {
        headers.add(new Header(Draft.VERSION, revision()));
      }
      session().ifPresent(id -> headers.add(new Header(Draft.SESSION, id)));
    }
    headers.addAll(credentials);
    return headers;
  }

  @Override
  public Exchange send(String label, Draft draft) throws HarnessException, InterruptedException {
    return send(label, draft, event -> false);
  }

  /**
   * The same, but over as soon as an event of a stream is enough.
   *
   * @param enough told of each event as it comes; true when no more need come
   */
  public Exchange send(String label, Draft draft, Predicate<SseEvent> enough)
      throws HarnessException, InterruptedException {
    Duration limit = draft.ownDeadline().orElse(deadline());
    Outbound out = draft.http();
    List<HarnessException> faults = new ArrayList<>();
    HttpExchanges.Seen seen =
        wire.exchange(out, draft.awaitedId(), limit, m -> take(m, draft, faults), enough);
    if (!faults.isEmpty()) {
      throw faults.getFirst();
    }
    healthy = seen.end() == End.COMPLETE;
    if (seen.received() instanceof Inbound.HttpResponse response && isInitialize(draft)) {
      remember(
          response.headers().stream()
              .filter(h -> h.isNamed(Draft.SESSION))
              .map(Header::value)
              .findFirst());
    }
    return record(label, out, seen);
  }

  private static void ended(FutureTask<?> task, Duration time)
      throws ExecutionException, InterruptedException {
    try {
      var _ = task.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // It goes on: whoever waits has waited long enough.
      return;
    }
  }

  private static boolean isInitialize(Draft draft) {
    return draft
        .message()
        .filter(m -> m.path("method").asString("").equals("initialize"))
        .isPresent();
  }

  private void take(JsonNode message, Draft draft, List<HarnessException> faults) {
    draft.hears(message);
    if (Messages.isRequest(message)) {
      answer(message, faults);
    }
  }

  /** Answers on a connection of its own: the stream that asked is still open. */
  private void answer(JsonNode request, List<HarnessException> faults) {
    try {
      for (ObjectNode message : saidTo(request)) {
        try (HttpExchanges side = wires.get()) {
          String label = message.has("method") ? "aside" : "answer";
          Draft draft = wrap(message, false);
          Duration limit = message.has("method") ? deadline() : COURTESY;
          record(
              label,
              draft.http(),
              side.exchange(draft.http(), draft.awaitedId(), limit, ignored -> {}));
        }
      }
    } catch (HarnessException e) {
      faults.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Exchange record(String label, Outbound out, HttpExchanges.Seen seen)
      throws HarnessException {
    return record(
        label, out, seen.received(), seen.end(), seen.sentAt(), seen.firstByteAt(), seen.endedAt());
  }

  @Override
  public Beside beside(String label, Draft draft) {
    HttpExchanges side = wires.get();
    Outbound out = draft.http();
    List<HarnessException> faults = new CopyOnWriteArrayList<>();
    Duration limit = draft.ownDeadline().orElse(deadline());
    FutureTask<HttpExchanges.Seen> task =
        new FutureTask<>(
            () -> side.exchange(out, Optional.empty(), limit, m -> take(m, draft, faults)));
    Thread.startVirtualThread(task);
    return time -> {
      try {
        ended(task, time);
        side.close();
        Exchange exchange = record(label, out, task.get());
        if (!faults.isEmpty()) {
          throw faults.getFirst();
        }
        return exchange;
      } catch (ExecutionException e) {
        throw new HarnessException(label + " broke: " + e.getCause(), e);
      }
    };
  }

  @Override
  public Exchange listen(String label, Duration time) throws HarnessException {
    long now = System.nanoTime();
    return record(
        label, new Outbound.Listening(), new Inbound.Nothing(), End.COMPLETE, now, -1, now);
  }

  @Override
  public Exchange hangUp(String label, Duration time) throws HarnessException {
    long now = System.nanoTime();
    wire.close();
    return record(label, new Outbound.Listening(), new Inbound.Nothing(), End.CLOSED, now, -1, now);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // 2025-11-25 basic/transports#session-management: a session no longer needed is deleted.
    if (era() == Era.HANDSHAKE && session().isPresent() && healthy) {
      try {
        wire.exchange(http("DELETE").http(), Optional.empty(), COURTESY, ignored -> {});
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    wire.close();
  }
}

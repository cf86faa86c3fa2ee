package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * Streams of HTTP/2 over TLS, agreed on by ALPN (RFC 9113 §3.2). Framing and header compression are
 * the JDK's: what is recorded are header lists and bodies.
 */
final class Http2Wire implements HttpExchanges {
  /** RFC 9113 §8.2.2 and §8.3.1: these are no fields of HTTP/2, or the client's own to set. */
  private static final Set<String> NOT_OURS =
      Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "keep-alive");

  private final URI url;
  private final Recorder recorder;
  private final HttpClient client;

  /**
   * @param url the endpoint; scheme https
   * @param trust whom to trust
   */
  Http2Wire(URI url, SSLContext trust, Recorder recorder) {
    this.url = url;
    this.recorder = recorder;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(trust)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  @Override
  public Seen exchange(
      Outbound out,
      Optional<JsonNode> awaited,
      Duration limit,
      Consumer<JsonNode> onMessage,
      Predicate<SseEvent> enough)
      throws InterruptedException {
    if (!(out instanceof Outbound.HttpRequest request)) {
      throw new IllegalArgumentException("bytes as they are cannot be sent over HTTP/2");
    }
    long sentAt = System.nanoTime();
    Http2Intake intake = new Http2Intake();
    var pending = client.sendAsync(lawful(request), intake);
    var _ = pending.whenComplete((response, failure) -> intake.over(Optional.ofNullable(failure)));
    Taking taking = new Taking(awaited, onMessage, enough);
    try {
      End end = taking.take(intake, sentAt + limit.toNanos());
      long endedAt = taking.answeredAt > 0 ? taking.answeredAt : System.nanoTime();
      return new Seen(taking.inbound(), end, sentAt, taking.firstAt, endedAt);
    } finally {
      pending.cancel(true);
      intake.cancel();
    }
  }

  private HttpRequest lawful(Outbound.HttpRequest out) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("https://" + Dial.authority(url) + out.target()));
    for (Header header : out.headers()) {
      if (!NOT_OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        builder.header(header.name(), header.value());
      }
    }
    byte[] body = out.body().toArray();
    return builder
        .method(
            out.method(),
            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
        .build();
  }

  /** What is known of the response so far. */
  private final class Taking {
    private final Optional<JsonNode> awaited;
    private final Consumer<JsonNode> onMessage;
    private final Predicate<SseEvent> enough;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Header> headers = new ArrayList<>();
    private final List<SseEvent> events = new ArrayList<>();
    private final SseParser parser = new SseParser(recorder::now, this::event);
    private Optional<HttpResponse.ResponseInfo> head = Optional.empty();
    private Inbound failure = new Inbound.Nothing();
    private boolean streaming;
    private long firstAt = -1;
    private long answeredAt;

    Taking(Optional<JsonNode> awaited, Consumer<JsonNode> onMessage, Predicate<SseEvent> enough) {
      this.awaited = awaited;
      this.onMessage = onMessage;
      this.enough = enough;
    }

    End take(Http2Intake intake, long deadline) throws InterruptedException {
      while (true) {
        long until = answeredAt > 0 ? answeredAt + HttpReader.END_GRACE_NANOS : deadline;
        Http2Intake.Piece piece =
            intake.pieces().poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        switch (piece) {
          case null -> {
            return answeredAt > 0 ? End.COMPLETE : End.TIMED_OUT;
          }
          case Http2Intake.Head arrived -> head(arrived);
          case Http2Intake.Data data -> {
            data(data.bytes());
            intake.more();
          }
          case Http2Intake.Over over -> {
            return over(over);
          }
        }
        if (body.size() > HttpReader.MAX_BODY_BYTES || events.size() > HttpReader.MAX_EVENTS) {
          return End.MALFORMED;
        }
      }
    }

    private void head(Http2Intake.Head arrived) {
      firstAt = arrived.at();
      head = Optional.of(arrived.info());
      arrived
          .info()
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(v -> headers.add(new Header(name, v))));
      streaming =
          arrived
              .info()
              .headers()
              .firstValue("content-type")
              .orElse("")
              .toLowerCase(Locale.ROOT)
              .startsWith("text/event-stream");
    }

    private void data(byte[] bytes) {
      body.writeBytes(bytes);
      if (streaming) {
        parser.feed(bytes, bytes.length);
      }
    }

    private void event(SseEvent event) {
      events.add(event);
      boolean last = HttpExchanges.isLast(event, awaited, onMessage);
      if ((enough.test(event) || last) && answeredAt == 0) {
        answeredAt = System.nanoTime();
      }
    }

    private End over(Http2Intake.Over over) {
      if (over.failure().isPresent()) {
        Throwable cause = over.failure().get();
        String why =
            cause instanceof IOException io ? Dial.reason(io) : String.valueOf(cause.getMessage());
        failure = new Inbound.Unparsed(Bytes.EMPTY, why);
        return head.isPresent() ? End.CLOSED : End.CONNECT_FAILED;
      }
      if (head.map(HttpResponse.ResponseInfo::version)
          .filter(v -> v == HttpClient.Version.HTTP_2)
          .isEmpty()) {
        failure = new Inbound.Unparsed(Bytes.EMPTY, "the server does not agree on HTTP/2");
        head = Optional.empty();
        return End.MALFORMED;
      }
      boolean unanswered = streaming && awaited.isPresent() && answeredAt == 0;
      return unanswered ? End.CLOSED : End.COMPLETE;
    }

    Inbound inbound() {
      return head.<Inbound>map(
              info ->
                  new Inbound.HttpResponse(
                      info.statusCode(), "", headers, Bytes.of(body.toByteArray()), events))
          .orElse(failure);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP of both eras: every message is a POST; a request is answered with one JSON object
 * or with a stream of its own. In the handshake era a session is named once the server gave one, a
 * broken stream is taken up again, and the server may speak unasked on a GET stream.
 */
public final class HttpWire implements Wire {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String ACCEPT_BOTH = "application/json, " + HttpSender.EVENT_STREAM;
  private static final int NOT_FOUND = 404;

  /** How long a stream may stay open behind its answer before it is closed from here. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Executor AFTER_LINGER =
      CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS);

  private final URI endpoint;
  private final Reach reach;
  private final HttpSender sender;
  private final Map<RequestId, Thread> exchanges = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> session = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> listening = new AtomicReference<>();
  private volatile String version = "";
  private volatile @Nullable Receiver receiver;

  /** A wire to the endpoint; nothing is sent yet. */
  public HttpWire(URI endpoint, HttpSettings settings, Reach reach) {
    this.endpoint = endpoint;
    this.reach = reach;
    this.sender = new HttpSender(settings, reach);
  }

  @Override
  public void open(Receiver hears) {
    receiver = hears;
  }

  @Override
  public boolean streamPerRequest() {
    return true;
  }

  @Override
  public void send(Outgoing outgoing) throws IOException, InterruptedException {
    version = outgoing.fields().getOrDefault(VERSION, version);
    if (outgoing.message() instanceof Message.Request(var id, _, _)) {
      Thread exchange =
          Thread.ofVirtual().name("http-exchange").unstarted(() -> exchange(id, outgoing));
      exchanges.put(id, exchange);
      exchange.start();
      return;
    }
    String named = session.get();
    HttpResponse<InputStream> response = post(outgoing);
    if (!HttpSender.succeeded(response)) {
      throw refusal(response, named);
    }
    response.body().close();
  }

  private HttpResponse<InputStream> post(Outgoing outgoing)
      throws IOException, InterruptedException {
    Map<String, String> fields = fields(outgoing);
    fields.put("Accept", ACCEPT_BOTH);
    return sender.send("POST", endpoint, fields, Encoder.encode(outgoing.message()));
  }

  private Map<String, String> fields(Outgoing outgoing) {
    Map<String, String> fields = new HashMap<>(outgoing.fields());
    String named = outgoing.stateless() ? null : session.get();
    if (named != null) {
      fields.put(SESSION, named);
    }
    return fields;
  }

  private void exchange(RequestId id, Outgoing outgoing) {
    Receiver hears = hears();
    try {
      String named = outgoing.stateless() ? null : session.get();
      HttpResponse<InputStream> response = post(outgoing);
      if (!HttpSender.succeeded(response)) {
        throw refusal(response, named);
      }
      if (!outgoing.stateless()) {
        response.headers().firstValue(SESSION).ifPresent(session::set);
      }
      answer(id, outgoing, response);
    } catch (IOException e) {
      hears.failed(id, e);
    } catch (InterruptedException e) {
      hears.failed(id, new InterruptedIOException("abandoned"));
    } catch (IllegalArgumentException e) {
      hears.failed(id, new IOException("a header field cannot be sent: " + e.getMessage(), e));
    } finally {
      exchanges.remove(id);
    }
  }

  private void answer(RequestId id, Outgoing outgoing, HttpResponse<InputStream> response)
      throws IOException, InterruptedException {
    if (HttpSender.is(response, HttpSender.EVENT_STREAM)) {
      StreamCursor cursor = new StreamCursor(reach);
      if (!read(response, cursor, id)) {
        resume(id, outgoing, cursor);
      }
      return;
    }
    byte[] body;
    try (InputStream in = response.body()) {
      body = Intake.body(in);
    }
    if (!Intake.take(body, hears(), id)) {
      hears()
          .failed(
              id,
              new IOException("the server's answer to the request does not hold a response to it"));
    }
  }

  /**
   * Takes a broken stream up again until the answer came (2025-11-25 basic/transports,
   * resumability).
   */
  private void resume(RequestId id, Outgoing outgoing, StreamCursor cursor)
      throws IOException, InterruptedException {
    while (true) {
      if (outgoing.stateless() || cursor.lastId() == null) {
        throw new IOException("the stream ended before the answer");
      }
      cursor.pause();
      HttpResponse<InputStream> response;
      try {
        response = patiently(fields(outgoing), cursor);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        // It may come back; how often that is hoped for is the cursor's to say.
        continue;
      }
      if (!HttpSender.succeeded(response) || !HttpSender.is(response, HttpSender.EVENT_STREAM)) {
        throw HttpSender.refusal(response);
      }
      if (read(response, cursor, id)) {
        return;
      }
    }
  }

  /** While the server is left alone nothing is sent; whoever waits for the answer sets the end. */
  private HttpResponse<InputStream> patiently(Map<String, String> base, StreamCursor cursor)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return get(base, cursor);
      } catch (ServerAwayException e) {
        StreamCursor.sleep(e);
      }
    }
  }

  private HttpResponse<InputStream> get(Map<String, String> base, StreamCursor cursor)
      throws IOException, InterruptedException {
    Map<String, String> fields = new HashMap<>(base);
    fields.put("Accept", HttpSender.EVENT_STREAM);
    String lastId = cursor.lastId();
    if (lastId != null) {
      fields.put("Last-Event-ID", lastId);
    }
    return sender.send("GET", endpoint, fields, null);
  }

  /**
   * Reads a stream to its end; true when the awaited answer was in it. A stream that breaks counts
   * as ended.
   */
  private boolean read(
      HttpResponse<InputStream> response, StreamCursor cursor, @Nullable RequestId awaited)
      throws IOException {
    boolean answered = false;
    Thread reader = Thread.currentThread();
    try (InputStream in = response.body()) {
      EventStream events = new EventStream(in);
      for (EventStream.Event event = events.next(); event != null; event = events.next()) {
        cursor.moved(event);
        if (!event.data().isEmpty() && Intake.take(event.data(), hears(), awaited) && !answered) {
          answered = true;
          AFTER_LINGER.execute(reader::interrupt);
        }
      }
    } catch (IOException e) {
      boolean abandoned = awaited != null && !exchanges.containsKey(awaited);
      if (abandoned || (!answered && reader.isInterrupted())) {
        throw e;
      }
    }
    return answered;
  }

  @Override
  public void listen(Map<String, String> fields) {
    Thread reader = Thread.ofVirtual().name("http-listen").unstarted(() -> listening(fields));
    Thread before = listening.getAndSet(reader);
    if (before != null) {
      before.interrupt();
    }
    reader.start();
  }

  /** Keeps a GET stream open while the server offers one; 405 says it does not. */
  private void listening(Map<String, String> fields) {
    StreamCursor cursor = new StreamCursor(reach);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Map<String, String> all = new HashMap<>(fields);
        String named = session.get();
        if (named != null) {
          all.put(SESSION, named);
        }
        HttpResponse<InputStream> response = get(all, cursor);
        if (!HttpSender.succeeded(response) || !HttpSender.is(response, HttpSender.EVENT_STREAM)) {
          response.body().close();
          return;
        }
        read(response, cursor, null);
        cursor.pause();
      }
    } catch (IOException e) {
      hears().malformed("the server's own stream ended: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private IOException refusal(HttpResponse<InputStream> response, @Nullable String named)
      throws IOException {
    RefusedException refused = HttpSender.refusal(response);
    if (refused.status() == NOT_FOUND && named != null) {
      session.compareAndSet(named, null);
      return new SessionEndedException();
    }
    return refused;
  }

  private Receiver hears() {
    Receiver hears = receiver;
    if (hears == null) {
      throw new IllegalStateException("the wire is not open");
    }
    return hears;
  }

  @Override
  public void abandon(RequestId id) {
    Thread exchange = exchanges.remove(id);
    if (exchange != null) {
      exchange.interrupt();
    }
  }

  @Override
  public void close() {
    Thread reader = listening.getAndSet(null);
    if (reader != null) {
      reader.interrupt();
    }
    exchanges.keySet().forEach(this::abandon);
    String named = session.getAndSet(null);
    if (named != null) {
      goodbye(named);
    }
    sender.close();
  }

  /** Tells the server that the session is over; it may refuse that, and nobody waits long. */
  private void goodbye(String named) {
    Map<String, String> fields =
        version.isEmpty() ? Map.of(SESSION, named) : Map.of(SESSION, named, VERSION, version);
    Thread last =
        Thread.ofVirtual()
            .name("http-goodbye")
            .start(
                () -> {
                  try {
                    sender.send("DELETE", endpoint, fields, null).body().close();
                  } catch (IOException e) {
                    // The session will end of itself.
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      if (!last.join(GOODBYE)) {
        last.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

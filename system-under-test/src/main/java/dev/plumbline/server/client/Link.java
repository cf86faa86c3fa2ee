package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.Outgoing;
import dev.plumbline.server.client.wire.Receiver;
import dev.plumbline.server.client.wire.Wire;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RequestNumbers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One open wire, and which answer belongs to which request. */
final class Link implements Receiver, AutoCloseable {
  /** Most requests in flight at once. */
  private static final int MAX_PENDING = 1_000;

  private static final String PROGRESS = "notifications/progress";
  private static final String CANCELLED = "notifications/cancelled";

  /** What a link does with what is not an answer. */
  interface Host {
    /** A request of the server. */
    void asked(Link link, Message.Request request);

    /** A notification of the server. */
    void told(Link link, Message.Notification notification);

    /** The wire is gone. */
    void lost(Link link);
  }

  private final Wire wire;
  private final Host host;
  private final ClientOptions.Timeouts timeouts;
  private final Map<RequestId, Waiting> pending = new ConcurrentHashMap<>();
  private final Semaphore permits = new Semaphore(MAX_PENDING);
  private final RequestNumbers ids = new RequestNumbers();
  // About the wire alone: a client in the middle of its handshake may lose one and open another.
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile Dialect dialect;

  /** A link over a wire that is not open yet. */
  Link(Wire wire, Host host, ClientOptions.Timeouts timeouts, Dialect dialect) {
    this.wire = wire;
    this.host = host;
    this.timeouts = timeouts;
    this.dialect = dialect;
  }

  void open() throws IOException, InterruptedException {
    wire.open(this);
  }

  Dialect dialect() {
    return dialect;
  }

  void speak(Dialect agreed) {
    dialect = agreed;
  }

  boolean streamPerRequest() {
    return wire.streamPerRequest();
  }

  boolean alive() {
    return !gone.get();
  }

  /** Lets a handshake-era server speak unasked. */
  void listen() {
    wire.listen(
        dialect.fields(new Message.Notification("", JsonNodeFactory.instance.objectNode())));
  }

  /** Sends a request and waits for its answer. */
  Reply ask(String method, ObjectNode given, Map<String, String> mirrored, CallOptions options)
      throws IOException, InterruptedException {
    try (RequestSpan span = Spans.calling(method)) {
      Reply reply = answer(method, given, mirrored, options);
      if (reply instanceof Reply.Failure(var error)) {
        span.failed(error.code());
      }
      return reply;
    }
  }

  private Reply answer(
      String method, ObjectNode given, Map<String, String> mirrored, CallOptions options)
      throws IOException, InterruptedException {
    Duration silence = options.timeout().orElse(timeouts.request());
    Waiting waiting = begin(method, given, mirrored, options, _ -> {});
    Consumer<String> stop = reason -> cancel(waiting, reason);
    options.cancel().ifPresent(signal -> signal.register(stop));
    try {
      return waiting.await(silence.toNanos(), timeouts.longest().toNanos());
    } catch (TimeoutException e) {
      cancel(waiting, "timed out");
      throw new RequestTimeoutException(method, silence.toMillis());
    } catch (InterruptedException e) {
      cancel(waiting, "interrupted");
      throw e;
    } finally {
      options.cancel().ifPresent(signal -> signal.unregister(stop));
      forget(waiting);
    }
  }

  /**
   * Sends a request, after showing it to whoever must know it before; whoever began it calls {@link
   * #forget} in the end.
   */
  Waiting begin(
      String method,
      ObjectNode given,
      Map<String, String> mirrored,
      CallOptions options,
      Consumer<Waiting> begun)
      throws IOException, InterruptedException {
    if (!alive()) {
      throw new IOException("the connection to the server is gone");
    }
    if (!permits.tryAcquire()) {
      throw new IOException("more than " + MAX_PENDING + " requests are in flight");
    }
    RequestId.Whole id = ids.next();
    Dialect now = dialect;
    ObjectNode params = Spans.named(now.params(given, options));
    options
        .progress()
        .ifPresent(
            _ -> params.withObjectProperty("_meta").put("progressToken", token(id.digits())));
    Message.Request request = new Message.Request(id, method, params);
    Waiting waiting = new Waiting(request, options);
    pending.put(id, waiting);
    begun.accept(waiting);
    try {
      Map<String, String> fields = new ConcurrentHashMap<>(now.fields(request));
      fields.putAll(mirrored);
      wire.send(new Outgoing(request, fields, now.stateless()));
      return waiting;
    } catch (IOException | InterruptedException | RuntimeException e) {
      forget(waiting);
      throw e;
    }
  }

  private static String token(String digits) {
    return "progress-" + digits;
  }

  void forget(Waiting waiting) {
    if (pending.remove(waiting.id(), waiting)) {
      permits.release();
    }
  }

  /**
   * Ends a request from this side. Where a request has a stream of its own, closing it says so in
   * the stateless era; everywhere else the server is told, except about initialize (2026-07-28
   * basic/patterns/cancellation; 2025-11-25 basic/utilities/cancellation).
   */
  void cancel(Waiting waiting, String reason) {
    boolean first =
        waiting
            .answer()
            .completeExceptionally(
                new IOException("cancelled: " + reason, new CancellationException(reason)));
    if (!first) {
      return;
    }
    boolean told =
        !(dialect.stateless() && wire.streamPerRequest()) && !waiting.method().equals("initialize");
    if (told && alive()) {
      ObjectNode params = JsonNodeFactory.instance.objectNode();
      setId(params, waiting.id());
      params.put("reason", reason);
      // A caller who is interrupted still has to say it.
      Thread.ofVirtual()
          .name("cancel")
          .start(
              () -> {
                tell(CANCELLED, params);
                wire.abandon(waiting.id());
              });
    } else {
      wire.abandon(waiting.id());
    }
  }

  private static void setId(ObjectNode params, RequestId id) {
    switch (id) {
      case RequestId.Text(var text) -> params.put("requestId", text);
      case RequestId.Whole(var digits) -> params.put("requestId", new java.math.BigInteger(digits));
    }
  }

  /** Sends a notification; true when it could be sent. */
  boolean tell(String method, ObjectNode params) {
    try {
      send(new Message.Notification(method, params));
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends a message that is not a request. */
  void send(Message message) throws IOException, InterruptedException {
    Dialect now = dialect;
    Map<String, String> fields =
        message instanceof Message.Call call
            ? now.fields(call)
            : now.fields(new Message.Notification("", JsonNodeFactory.instance.objectNode()));
    wire.send(new Outgoing(message, fields, now.stateless()));
  }

  @Override
  public void received(Message message) {
    switch (message) {
      case Message.Response(var id, var reply) -> {
        Waiting waiting = pending.get(id);
        // An answer to nothing is what a cancelled request may leave behind.
        if (waiting != null) {
          waiting.answer().complete(reply);
        }
      }
      case Message.Request request -> host.asked(this, request);
      case Message.Notification notification when notification.method().equals(PROGRESS) ->
          progressed(notification.params());
      case Message.Notification notification -> host.told(this, notification);
    }
  }

  private void progressed(JsonNode params) {
    String token = params.path("progressToken").asString("");
    pending.forEach(
        (id, waiting) -> {
          if (id instanceof RequestId.Whole(var digits) && token.equals(token(digits))) {
            waiting.progressed(params);
          }
        });
  }

  @Override
  public void failed(RequestId id, IOException why) {
    Waiting waiting = pending.get(id);
    if (waiting != null) {
      waiting.answer().completeExceptionally(why);
    }
  }

  @Override
  public void lost(IOException why) {
    if (gone.compareAndSet(false, true)) {
      pending.values().forEach(waiting -> waiting.answer().completeExceptionally(why));
      host.lost(this);
    }
  }

  @Override
  public void malformed(String why) {
    // Dropped: what it might have answered runs into its timeout or ends with its stream.
  }

  @Override
  public void close() {
    gone.set(true);
    pending
        .values()
        .forEach(
            waiting ->
                waiting.answer().completeExceptionally(new IOException("the client is closed")));
    wire.close();
  }
}

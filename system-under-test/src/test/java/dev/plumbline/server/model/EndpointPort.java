package dev.plumbline.server.model;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Port;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries a walk to a server in this process as HTTP would, message for message. */
final class EndpointPort implements Port<RuntimeException>, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STATELESS = "2026-07-28";
  private static final String META = "io.modelcontextprotocol/";
  private static final long PATIENCE_SECONDS = 20;

  private final ServerCore core;
  private final boolean stateless;
  private final Map<Integer, Open> lasting = new LinkedHashMap<>();

  /** The ids of events that came on streams which answer nothing, and so go on. */
  private final Set<String> listening = new HashSet<>();

  /** One connection carries the walk. */
  private final Peer peer = new Peer();

  EndpointPort(ServerCore core, boolean stateless) {
    this.core = core;
    this.stateless = stateless;
  }

  /** Keeps what is said ahead of an answer. */
  private static final class Sink implements EventSink {
    private final List<Heard.Event> events = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean open = true;

    @Override
    public boolean open() {
      return open;
    }

    @Override
    public synchronized boolean event(Event event) {
      JsonNode message =
          event.data().length == 0 ? MissingNode.getInstance() : JSON.readTree(event.data());
      boolean said = event.id() != null || !message.isMissingNode();
      if (open && said) {
        events.add(new Heard.Event(Optional.ofNullable(event.id()), message));
        first.countDown();
      }
      return open;
    }

    @Override
    public void end() {
      first.countDown();
    }

    private synchronized List<Heard.Event> heard() {
      return List.copyOf(events);
    }
  }

  /** A stream that is written by a thread of its own. */
  private record Open(Sink sink, Thread thread) {
    /** When it has written all there is, it waits for more. */
    private static final Set<Thread.State> NOTHING_TO_WRITE =
        EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    /** Ends it after what the server has published so far. */
    private List<Heard.Event> end() throws InterruptedException {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
          .until(() -> NOTHING_TO_WRITE.contains(thread.getState()));
      sink.open = false;
      thread.interrupt();
      thread.join();
      return sink.heard();
    }
  }

  @Override
  public Heard hear(Ask ask, int id, String label) throws InterruptedException {
    return switch (ask) {
      case Ask.Message message when message.kind() == Ask.Kind.LASTING -> open(message, id);
      case Ask.Message message -> say(message, id);
      case Ask.Listen listen -> listen(listen);
      case Ask.Delete delete -> {
        Sink sink = new Sink();
        yield heard(0, core.endpoint().delete(inbound(headers(delete.route()), sink)), sink);
      }
      case Ask.Hush hush -> hush(hush.stream());
      case Ask.Fresh _ -> Heard.NOTHING;
    };
  }

  private Heard say(Ask.Message message, int id) {
    boolean notification = message.kind() == Ask.Kind.NOTIFICATION;
    Sink sink = new Sink();
    return heard(notification ? 0 : id, answer(message, id, sink), sink);
  }

  private Answer answer(Ask.Message message, int id, Sink sink) {
    Inbound in = inbound(headers(message), sink);
    byte[] bytes = json(message, id).toString().getBytes(StandardCharsets.UTF_8);
    return core.endpoint().answer(in, core.endpoint().decode(bytes));
  }

  private ObjectNode json(Ask.Message message, int id) {
    ObjectNode json = Ask.object().put("jsonrpc", "2.0");
    if (message.kind() != Ask.Kind.NOTIFICATION) {
      json.put("id", id);
    }
    json.put("method", message.method());
    ObjectNode params = message.params().deepCopy();
    if (stateless) {
      ObjectNode meta = params.withObjectProperty("_meta");
      meta.put(META + "protocolVersion", STATELESS);
      meta.putObject(META + "clientInfo").put("name", "walk").put("version", "1");
      meta.set(META + "clientCapabilities", message.capabilities().deepCopy());
    }
    if (!params.isEmpty()) {
      json.set("params", params);
    }
    return json;
  }

  private Map<String, String> headers(Ask.Message message) {
    if (!stateless) {
      return message.method().equals("initialize") ? new HashMap<>() : headers(message.route());
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("mcp-protocol-version", STATELESS);
    headers.put("mcp-method", message.method());
    message.params().path("name").stringValueOpt().ifPresent(n -> headers.put("mcp-name", n));
    return headers;
  }

  private static Map<String, String> headers(Ask.Route route) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", "application/json, text/event-stream");
    route.session().ifPresent(session -> headers.put("mcp-session-id", session));
    route.revision().ifPresent(revision -> headers.put("mcp-protocol-version", revision));
    return headers;
  }

  private Inbound inbound(Map<String, String> headers, Sink sink) {
    return new Inbound(
        Wire.HTTP,
        name -> {
          String value = headers.get(name.toLowerCase(Locale.ROOT));
          return value == null ? List.of() : List.of(value);
        },
        peer,
        sink,
        Lease.UNBOUNDED);
  }

  private Heard listen(Ask.Listen listen) throws InterruptedException {
    Map<String, String> headers = headers(listen.route());
    headers.put("accept", "text/event-stream");
    listen.after().ifPresent(last -> headers.put("last-event-id", last));
    Sink sink = new Sink();
    Answer[] answer = new Answer[1];
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  answer[0] = core.endpoint().get(inbound(headers, sink));
                  sink.end();
                });
    boolean ends = listen.after().isPresent() && !listening.contains(listen.after().get());
    if (ends) {
      if (!thread.join(Duration.ofSeconds(PATIENCE_SECONDS))) {
        throw new AssertionError("the stream of an answered request does not end");
      }
    } else if (listen.after().isPresent()) {
      // Nothing is said on it: all that can come is the sign that it goes on.
      var _ = sink.first.await(1, TimeUnit.MILLISECONDS);
    } else {
      await(sink);
    }
    List<Heard.Event> events = new Open(sink, thread).end();
    if (!ends) {
      events.forEach(event -> event.id().ifPresent(listening::add));
    }
    return heard(0, answer[0], events);
  }

  private static void await(Sink sink) throws InterruptedException {
    if (!sink.first.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a stream neither began nor was refused");
    }
  }

  private Heard open(Ask.Message message, int id) throws InterruptedException {
    Sink sink = new Sink();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  var _ = answer(message, id, sink);
                  sink.end();
                });
    await(sink);
    lasting.put(id, new Open(sink, thread));
    return new Heard(id, 0, "", Optional.empty(), List.of());
  }

  private Heard hush(int stream) throws InterruptedException {
    Open open = lasting.remove(stream);
    List<Heard.Event> events = open == null ? List.of() : open.end();
    return new Heard(0, 200, "text/event-stream", Optional.empty(), events);
  }

  private static Heard heard(int asked, Answer answer, Sink sink) {
    return heard(asked, answer, sink.heard());
  }

  private static Heard heard(int asked, Answer answer, List<Heard.Event> said) {
    List<Heard.Event> events = new ArrayList<>(said);
    byte[] bytes = answer.bytes();
    if (bytes.length > 0) {
      events.add(new Heard.Event(Optional.empty(), JSON.readTree(bytes)));
    }
    Optional<String> session =
        answer.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Mcp-Session-Id"))
            .map(Map.Entry::getValue)
            .findFirst();
    boolean streamed = !said.isEmpty() || answer.body() instanceof Answer.Body.Streamed;
    String type = streamed ? "text/event-stream" : "application/json";
    return new Heard(asked, answer.status(), type, session, events);
  }

  @Override
  public void close() throws InterruptedException {
    for (Open open : lasting.values()) {
      var _ = open.end();
    }
    lasting.clear();
  }
}

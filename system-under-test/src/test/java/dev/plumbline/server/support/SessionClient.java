package dev.plumbline.server.support;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server reached through its endpoint, without sockets: one handshake-era client of it. */
public final class SessionClient implements AutoCloseable {
  private static final int REQUESTS = 64;
  private static final int PATIENCE_SECONDS = 20;

  /**
   * One message on its way.
   *
   * @param sink what was said ahead of the answer
   * @param thread what works on it
   * @param answer what came of it
   */
  public record Exchange(RecordedSink sink, Thread thread, CompletableFuture<Answer> answer) {
    /** Waits for the answer. */
    public Answer await() {
      try {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("no answer", e);
      }
    }

    /** Waits, and gives what the client sees last: the body, or the last event. */
    public JsonNode last() {
      Answer end = await();
      return end.body() instanceof Answer.Body.Streamed
          ? sink.messages().getLast()
          : new JsonMapper().readTree(new String(end.bytes(), StandardCharsets.UTF_8));
    }
  }

  private final ServerCore core;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** A server that offers this. */
  public SessionClient(McpServer server) {
    this.core =
        new ServerCore(server, ServerContext.withRequests(REQUESTS), UnaryOperator.identity());
    headers.put("Accept", "application/json, text/event-stream");
  }

  /** What the server is made of. */
  public ServerCore core() {
    return core;
  }

  /** Shakes hands; later messages belong to this session. */
  public Session open(String revision, String capabilities) {
    headers.remove(Inbound.SESSION_HEADER);
    Exchange opened =
        start(
            Requests.legacy(
                "\"init\"",
                "initialize",
                "\"protocolVersion\":\""
                    + revision
                    + "\",\"capabilities\":"
                    + capabilities
                    + ",\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}"));
    String id =
        Objects.requireNonNull(opened.await().headers().get(Inbound.SESSION_HEADER), "session id");
    headers.put(Inbound.SESSION_HEADER, id);
    send(Requests.INITIALIZED);
    return core.sessions().find(id).orElseThrow();
  }

  /** Sends a message on its own request. */
  public Exchange start(String json) {
    return start(json, new RecordedSink());
  }

  /** Sends a message on its own request with this wire. */
  public Exchange start(String json, RecordedSink sink) {
    Endpoint endpoint = core.endpoint();
    return run(
        sink,
        in -> endpoint.answer(in, endpoint.decode(json.getBytes(StandardCharsets.UTF_8))),
        headers);
  }

  /** Sends a message and waits for its answer. */
  public Answer send(String json) {
    return start(json).await();
  }

  /** Calls a method and waits for what the client sees last. */
  public JsonNode call(String id, String method, String params) {
    return start(Requests.legacy(id, method, params)).last();
  }

  /** Calls a tool without arguments. */
  public Exchange tool(String id, String name) {
    return start(tooling(id, name));
  }

  /** The message that calls a tool without arguments. */
  public static String tooling(String id, String name) {
    return Requests.legacy(id, "tools/call", "\"name\":\"" + name + "\"");
  }

  /** Listens with GET. */
  public Exchange listen(RecordedSink sink) {
    return run(sink, core.endpoint()::get, headers);
  }

  /** Comes back with GET after an event. */
  public Exchange resume(String lastEventId, RecordedSink sink) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put("Last-Event-ID", lastEventId);
    return run(sink, core.endpoint()::get, more);
  }

  /** Ends the session with DELETE. */
  public Answer delete() {
    return run(new RecordedSink(), core.endpoint()::delete, headers).await();
  }

  /** Changes a header of later messages; null takes it away. */
  public void header(String name, String value) {
    headers.put(name, value);
  }

  private interface Work {
    Answer of(Inbound in);
  }

  private static Exchange run(RecordedSink sink, Work work, Map<String, String> headers) {
    Inbound in = http(sink, Map.copyOf(headers));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                answer.complete(work.of(in));
              } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            });
    return new Exchange(sink, thread, answer);
  }

  private static Inbound http(EventSink sink, Map<String, String> given) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.putAll(given);
    HeaderView view =
        name -> fields.containsKey(name) ? List.of(fields.get(name)) : List.<String>of();
    return new Inbound(Wire.HTTP, view, new Peer(), sink, Lease.UNBOUNDED);
  }

  @Override
  public void close() {
    core.close();
  }
}

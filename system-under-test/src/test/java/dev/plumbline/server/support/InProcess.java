package dev.plumbline.server.support;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.ServerParts;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.protocol.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoint of a real server without a wire: messages in, events and answers out. */
public final class InProcess implements AutoCloseable {
  private static final int REQUESTS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();

  private final ServerCore core;
  private final Peer peer = new Peer();

  /** The correct server, offering this. */
  public InProcess(McpServer server) {
    this(server, UnaryOperator.identity());
  }

  /** A changed server, offering this. */
  public InProcess(McpServer server, UnaryOperator<ServerParts> change) {
    this.core = new ServerCore(server, ServerContext.withRequests(REQUESTS), change);
  }

  /** What it is made of. */
  public ServerCore core() {
    return core;
  }

  /** A request being answered. */
  public static final class Exchange implements EventSink {
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile Thread thread = Thread.currentThread();

    private Exchange() {}

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public boolean event(Event event) {
      return event.data().length == 0 || events.add(JSON.readTree(event.data()));
    }

    @Override
    public void end() {}

    /** The next event; fails when none comes. */
    public JsonNode next() throws InterruptedException {
      JsonNode next = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return Objects.requireNonNull(next, "no event came");
    }

    /** The events that were sent and not looked at. */
    public List<JsonNode> rest() {
      return List.copyOf(events);
    }

    /** The answer; fails when none comes. */
    public Answer answer() {
      try {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("no answer came", e);
      }
    }

    /** The answer as JSON; missing when nothing was said. */
    public JsonNode json() {
      byte[] bytes = answer().bytes();
      return bytes.length == 0 ? JSON.missingNode() : JSON.readTree(bytes);
    }

    /** The result. */
    public ObjectNode result() {
      if (json().path("result") instanceof ObjectNode result) {
        return result;
      }
      throw new AssertionError("no result but " + json());
    }

    /** The error code, or 0. */
    public int errorCode() {
      return json().path("error").path("code").asInt(0);
    }

    /** What a wire does when its client goes away. */
    public void clientLeaves() {
      thread.interrupt();
    }
  }

  /** Sends a message over HTTP, from a connection of its own. */
  public Exchange http(String json, Map<String, String> headers) {
    return send(Wire.HTTP, json, headers, new Peer());
  }

  /** Sends a message over the one duplex wire. */
  public Exchange duplex(String json) {
    return send(Wire.DUPLEX, json, Map.of(), peer);
  }

  /** A request that has arrived on the duplex wire and is not worked on yet. */
  public final class Arrived {
    private final String json;

    private Arrived(String json) {
      this.json = json;
      core.endpoint().expect(inbound(), decoded());
    }

    private Inbound inbound() {
      return new Inbound(Wire.DUPLEX, HeaderView.NONE, peer, EventSink.NONE, Lease.UNBOUNDED);
    }

    private Decoded decoded() {
      return core.endpoint().decode(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets a thread work on it. */
    public Exchange begin() {
      return duplex(json);
    }

    /** It is dealt with. */
    public void forget() {
      core.endpoint().forget(inbound(), decoded());
    }
  }

  /** A request arrives on the duplex wire. */
  public Arrived arrive(String json) {
    return new Arrived(json);
  }

  private Exchange send(Wire wire, String json, Map<String, String> headers, Peer from) {
    Exchange exchange = new Exchange();
    Inbound in =
        new Inbound(
            wire,
            name ->
                headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList(),
            from,
            exchange,
            Lease.UNBOUNDED);
    var decoded = core.endpoint().decode(json.getBytes(StandardCharsets.UTF_8));
    exchange.thread =
        Thread.ofVirtual()
            .start(() -> exchange.answer.complete(core.endpoint().answer(in, decoded)));
    return exchange;
  }

  /** A message in the order of a duplex wire: it is done when this returns. */
  public Optional<JsonNode> inOrder(String json) {
    JsonNode answer = duplex(json).json();
    return answer.isMissingNode() ? Optional.empty() : Optional.of(answer);
  }

  /** The requests of the duplex wire that are worked on without a session. */
  public int running() {
    return peer.inFlight().count();
  }

  @Override
  public void close() {
    core.close();
  }
}

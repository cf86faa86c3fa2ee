package dev.plumbline.server.model;

import com.sun.net.httpserver.HttpExchange;
import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Port;
import dev.plumbline.conformance.model.client.Deed;
import dev.plumbline.conformance.model.client.Sent;
import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.EraPreference;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Carries a walk to a client over HTTP: the walk is the server, and what the client asks stays open
 * until the walk answers it.
 */
final class HttpClientPort implements Port<RuntimeException>, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String EVENTS = "text/event-stream";
  private static final int ACCEPTED = 202;
  private static final int OK = 200;
  private static final int NOT_ALLOWED = 405;
  private static final long PATIENCE_MILLIS = 30_000;

  private final LoopbackClients.Room room;
  private final McpClient client;
  private final Map<Integer, ClientOperation> operations = new LinkedHashMap<>();

  /** What waits for an answer, by operation; 0 for the handshake. */
  private final Map<Integer, HttpExchange> open = new LinkedHashMap<>();

  private final List<Sent> told = new ArrayList<>();
  private boolean closed;

  HttpClientPort(LoopbackClients server) {
    room = server.enter(this::answer);
    client =
        new McpClient(
            new Target.Http(URI.create(room.address())),
            ClientOptions.named("walk", "1")
                .withEra(EraPreference.HANDSHAKE)
                .withTimeouts(ClientOptions.Timeouts.of(Duration.ofMinutes(2))));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode message = bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
    Optional<String> after = header(exchange, "Last-Event-ID");
    String verb = exchange.getRequestMethod();
    boolean resumes = verb.equals("GET") && after.isPresent();
    if (verb.equals("DELETE") || (verb.equals("GET") && !resumes)) {
      status(exchange, verb.equals("DELETE") ? OK : NOT_ALLOWED);
      return;
    }
    boolean asks = message.has("id") && message.has("method");
    int operation = resumes ? number(after.get(), 1) : number(name(message), 1);
    synchronized (this) {
      if (closed) {
        status(exchange, NOT_ALLOWED);
        return;
      }
      told.add(
          new Sent(
              operation,
              1,
              0,
              resumes ? verb : "",
              header(exchange, "Mcp-Session-Id"),
              header(exchange, "MCP-Protocol-Version"),
              after,
              message));
      if (asks || resumes) {
        open.put(operation, exchange);
        ClientOperation whose = operations.get(operation);
        if (whose != null) {
          whose.asked(message.path("id"), message.path("method").asString(verb));
        }
      }
      notifyAll();
    }
    if (!asks && !resumes) {
      status(exchange, ACCEPTED);
    }
  }

  /** The tool is named {@code work-1}, the event {@code event-1-7}. */
  private static int number(String name, int part) {
    String[] parts = name.split("-", -1);
    return parts.length > part ? Integer.parseInt(parts[part]) : 0;
  }

  private static String name(JsonNode message) {
    return message.path("params").path("name").asString("");
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized void ended(ClientOperation operation) {
    operation.end();
    notifyAll();
  }

  @Override
  public Heard hear(Ask ask, int id, String label) throws InterruptedException {
    Deed deed = Deed.of(ask, label);
    switch (deed.kind()) {
      case BEGIN -> {
        ClientOperation operation =
            new ClientOperation(deed.operation(), deed.what(), client, (_, _) -> {}, this::ended);
        synchronized (this) {
          operations.put(deed.operation(), operation);
        }
        operation.start();
      }
      case RESPOND -> {
        try {
          respond(deed.operation(), deed.body());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      case SAY, DROP, GIVE_UP -> throw new AssertionError("not over HTTP: " + label);
    }
    return new Heard(0, 0, "", Optional.empty(), settle(label));
  }

  private void respond(int operation, JsonNode body) throws IOException {
    HttpExchange exchange;
    boolean end = body.path("end").asBoolean();
    synchronized (this) {
      exchange = end ? open.remove(operation) : open.get(operation);
      ClientOperation whose = operations.get(operation);
      if (end && whose != null) {
        whose.answered();
      }
    }
    if (exchange == null) {
      throw new AssertionError("nothing waits for operation " + operation);
    }
    boolean streamed = body.path("streamed").asBoolean();
    if (exchange.getResponseCode() < 0) {
      body.path("session")
          .stringValueOpt()
          .ifPresent(id -> exchange.getResponseHeaders().set("Mcp-Session-Id", id));
      exchange.getResponseHeaders().set("Content-Type", streamed ? EVENTS : "application/json");
      boolean bare = !streamed && !body.has("message");
      exchange.sendResponseHeaders(body.path("status").asInt(), bare ? -1 : 0);
    }
    OutputStream out = exchange.getResponseBody();
    if (body.has("event")) {
      String id = body.path("event").asString("");
      write(out, (id.isEmpty() ? "" : "id: " + id + "\n") + "retry: 1\ndata:\n\n");
    }
    if (body.has("message")) {
      String message = body.path("message").toString();
      write(out, streamed ? "data: " + message + "\n\n" : message);
    }
    if (end) {
      exchange.close();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Until every user has what was wanted, or waits; while one connects the others wait for it. */
  private synchronized List<Heard.Event> settle(String label) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!open.containsKey(0)
        && !operations.values().stream().allMatch(o -> o.isOver() || o.isWaiting())) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("the client hangs after " + label + "; it sent " + told);
      }
      wait(left);
    }
    List<Heard.Event> events = told.stream().map(Sent::event).toList();
    told.clear();
    return events;
  }

  @Override
  public void close() throws InterruptedException {
    List<HttpExchange> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
    }
    client.close();
    left.forEach(HttpExchange::close);
    for (ClientOperation operation : operations.values()) {
      operation.join(PATIENCE_MILLIS);
    }
    room.close();
  }
}

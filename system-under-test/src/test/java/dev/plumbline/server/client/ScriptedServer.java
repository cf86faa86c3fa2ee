package dev.plumbline.server.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A real HTTP server that says what a test wants and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {
  /** One request as it arrived. */
  record Seen(String verb, HttpExchange exchange, JsonNode body) {
    String method() {
      return body.path("method").asString("");
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Answers with a JSON body, in which ID stands for the request's id. */
    void json(int status, String body) throws IOException {
      byte[] bytes =
          body.replace("ID", this.body.path("id").toString()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }

    void result(String members) throws IOException {
      json(200, "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{" + members + "}}");
    }

    void error(int status, int code, String data) throws IOException {
      json(
          status,
          "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":"
              + code
              + ",\"message\":\"no\",\"data\":"
              + data
              + "}}");
    }

    void status(int status) throws IOException {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }

    /** Begins a stream of events. */
    OutputStream stream() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      return exchange.getResponseBody();
    }

    void event(OutputStream to, String text) throws IOException {
      to.write(text.replace("ID", body.path("id").toString()).getBytes(StandardCharsets.UTF_8));
      to.flush();
    }

    /** Answers initialize and what belongs to it; false when it was something else. */
    boolean handshake() throws IOException {
      switch (method()) {
        case "initialize" ->
            result(
                "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{},\"prompts\":{},\"resources\":{}},\"serverInfo\":{\"name\":\"old\",\"version\":\"1\"}");
        case "notifications/initialized", "notifications/cancelled" -> status(202);
        default -> {
          if (verb.equals("DELETE")) {
            status(200);
            return true;
          }
          if (verb.equals("GET") && header("Last-Event-ID").isEmpty()) {
            status(405);
            return true;
          }
          return false;
        }
      }
      return true;
    }

    /** Answers server/discover; false when it was something else. */
    boolean discover() throws IOException {
      if (!method().equals("server/discover")) {
        return false;
      }
      result(
          "\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}");
      return true;
    }
  }

  /** What to do with a request. */
  interface Script {
    void answer(Seen seen) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          JsonNode read =
              body.length == 0
                  ? JsonNodeFactory.instance.objectNode()
                  : JsonMapper.shared().readTree(body);
          Seen one = new Seen(exchange.getRequestMethod(), exchange, read);
          seen.add(one);
          script.answer(one);
        });
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  Target target() {
    return new Target.Http(endpoint());
  }

  /** Everything that arrived. */
  List<Seen> seen() {
    return seen;
  }

  /** The methods that arrived, in order; verbs for requests without a body. */
  List<String> heard() {
    return seen.stream().map(one -> one.method().isEmpty() ? one.verb() : one.method()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

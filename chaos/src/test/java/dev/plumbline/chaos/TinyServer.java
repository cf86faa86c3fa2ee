package dev.plumbline.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An MCP server as small as the chaos suite needs it, in both eras, with one habit to test. */
final class TinyServer implements AutoCloseable {
  /** What may be wrong with it. */
  enum Habit {
    NONE,
    /** Knows a session only on the connection it was made on. */
    BINDS_SESSIONS_TO_CONNECTIONS
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> sessions = new ConcurrentHashMap<>();
  private final Habit habit;
  private volatile boolean dead;

  TinyServer(Habit habit) throws IOException {
    this.habit = habit;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  /** From now on every request is left without an answer. */
  void die() {
    dead = true;
  }

  int sessions() {
    return sessions.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
      if (dead) {
        return;
      }
      if (exchange.getRequestMethod().equals("DELETE")) {
        sessions.remove(String.valueOf(session));
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      JsonNode message = Json.parse(new String(body, StandardCharsets.UTF_8));
      if (session != null && !sessions.containsKey(session)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int port = exchange.getRemoteAddress().getPort();
      if (session != null
          && habit == Habit.BINDS_SESSIONS_TO_CONNECTIONS
          && sessions.getOrDefault(session, port) != port) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      answer(exchange, message);
    }
  }

  private void answer(HttpExchange exchange, JsonNode message) throws IOException {
    if (!message.has("id")) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.put("jsonrpc", "2.0").set("id", message.get("id"));
    ObjectNode result = answer.putObject("result");
    if (message.path("method").asString("").equals("initialize")) {
      String session = UUID.randomUUID().toString();
      sessions.put(session, exchange.getRemoteAddress().getPort());
      exchange.getResponseHeaders().set("Mcp-Session-Id", session);
      result.put("protocolVersion", "2025-11-25").putObject("capabilities");
      result.putObject("serverInfo").put("name", "tiny").put("version", "1");
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

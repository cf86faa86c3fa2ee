package dev.plumbline.chaos.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running embedded Toxiproxy: its HTTP API on a free loopback port and all proxies made through
 * it. Statuses and error bodies are those of Toxiproxy 2.12, down to the content type of errors.
 */
public final class EmbeddedToxiproxy implements AutoCloseable {
  /** What {@code /version} says: the API's version, and that it is not the original. */
  public static final String VERSION = "2.12.0-embedded";

  /** Longer request bodies are refused. */
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private static final int BACKLOG = 64;

  private record Answer(int status, String contentType, String body) {
    static Answer json(int status, Object node) {
      return new Answer(status, "application/json", Json.mapper().writeValueAsString(node));
    }

    static Answer plain(int status, String text) {
      return new Answer(status, "text/plain; charset=utf-8", text + "\n");
    }

    static final Answer NO_CONTENT = new Answer(204, "", "");
    static final Answer WRONG_METHOD = new Answer(405, "", "");
    static final Answer UNKNOWN_PATH = plain(404, "404 page not found");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ProxyTable proxies;

  private EmbeddedToxiproxy(HttpServer server, ExecutorService threads, long seed) {
    this.server = server;
    this.threads = threads;
    this.proxies = new ProxyTable(seed);
  }

  /**
   * Starts on a free port of 127.0.0.1.
   *
   * @param seed where jitter, slice sizes and toxicity come from
   */
  public static EmbeddedToxiproxy start(long seed) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(loopback, BACKLOG);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    EmbeddedToxiproxy started = new EmbeddedToxiproxy(server, threads, seed);
    server.setExecutor(threads);
    server.createContext("/", started::handle);
    server.start();
    return started;
  }

  /** Where the API is. */
  public InetSocketAddress api() {
    return server.getAddress();
  }

  /** Ends all proxies with their connections, and the API. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    proxies.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (ApiException e) {
        answer = Answer.plain(e.status(), error(e).toString());
      }
      if (!answer.contentType().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static ObjectNode error(ApiException e) {
    return Json.mapper().createObjectNode().put("error", e.getMessage()).put("status", e.status());
  }

  private Answer answer(HttpExchange exchange) throws IOException, ApiException {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    if (agent != null && agent.startsWith("Mozilla/")) {
      return Answer.plain(403, "User agent not allowed");
    }
    List<String> path =
        Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    String method = exchange.getRequestMethod();
    return switch (path.getFirst() + "/" + path.size()) {
      case "version/1" -> method.equals("GET") ? version() : Answer.WRONG_METHOD;
      case "reset/1" -> method.equals("POST") ? reset() : Answer.WRONG_METHOD;
      case "populate/1" -> method.equals("POST") ? populate(body(exchange)) : Answer.WRONG_METHOD;
      case "proxies/1" -> all(method, exchange);
      case "proxies/2" -> one(method, path.get(1), exchange);
      case "proxies/3", "proxies/4" ->
          path.get(2).equals("toxics") ? toxics(method, path, exchange) : Answer.UNKNOWN_PATH;
      default -> Answer.UNKNOWN_PATH;
    };
  }

  private static Answer version() {
    String body = "{\"version\": \"" + VERSION + "\"}\n";
    return new Answer(200, "application/json;charset=utf-8", body);
  }

  private Answer reset() throws ApiException {
    proxies.reset();
    return Answer.NO_CONTENT;
  }

  private Answer populate(JsonNode body) {
    ProxyTable.Populated populated = proxies.populate(body);
    ApiException problem = populated.problem();
    ObjectNode node = problem == null ? Json.mapper().createObjectNode() : error(problem);
    ArrayNode array = Json.mapper().createArrayNode();
    populated.proxies().forEach(proxy -> array.add(proxy.json()));
    node.set("proxies", array);
    return Answer.json(problem == null ? 201 : problem.status(), node);
  }

  private Answer all(String method, HttpExchange exchange) throws IOException, ApiException {
    return switch (method) {
      case "GET" -> Answer.json(200, proxies.json());
      case "POST" -> Answer.json(201, proxies.create(body(exchange)).json());
      default -> Answer.WRONG_METHOD;
    };
  }

  private Answer one(String method, String name, HttpExchange exchange)
      throws IOException, ApiException {
    return switch (method) {
      case "GET" -> Answer.json(200, proxies.get(name).json());
      case "POST", "PATCH" -> {
        ListeningProxy proxy = proxies.get(name);
        JsonNode body = body(exchange);
        proxy.update(
            ToxicJson.text(body, "listen", proxy.listen()),
            ToxicJson.text(body, "upstream", proxy.upstream()),
            ToxicJson.truth(body, "enabled", proxy.enabled()));
        yield Answer.json(200, proxy.json());
      }
      case "DELETE" -> {
        proxies.delete(name);
        yield Answer.NO_CONTENT;
      }
      default -> Answer.WRONG_METHOD;
    };
  }

  private Answer toxics(String method, List<String> path, HttpExchange exchange)
      throws IOException, ApiException {
    ListeningProxy proxy = proxies.get(path.get(1));
    if (path.size() == 3) {
      return switch (method) {
        case "GET" -> Answer.json(200, proxy.toxicsJson());
        case "POST" -> {
          AttachedToxic toxic = ToxicJson.create(body(exchange));
          proxy.add(toxic);
          yield Answer.json(200, ToxicJson.write(toxic));
        }
        default -> Answer.WRONG_METHOD;
      };
    }
    String name = path.get(3);
    return switch (method) {
      case "GET" -> Answer.json(200, ToxicJson.write(proxy.toxic(name)));
      case "POST", "PATCH" -> {
        AttachedToxic updated = ToxicJson.update(proxy.toxic(name), body(exchange));
        proxy.replace(updated);
        yield Answer.json(200, ToxicJson.write(updated));
      }
      case "DELETE" -> {
        proxy.remove(name);
        yield Answer.NO_CONTENT;
      }
      default -> Answer.WRONG_METHOD;
    };
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, ApiException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw ApiException.badBody("longer than " + MAX_BODY_BYTES + " bytes");
    }
    if (bytes.length == 0) {
      throw ApiException.badBody("EOF");
    }
    try {
      return Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
  }
}

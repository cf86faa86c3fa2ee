package dev.plumbline.server.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A protected MCP endpoint and its authorization server behind one real socket, each answer of
 * which a test can spoil.
 */
final class LoopbackAuthority implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger issued = new AtomicInteger();

  /** Every request except those to the endpoint, as method and path. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The forms the token endpoint got. */
  final List<Map<String, String>> tokenForms = new CopyOnWriteArrayList<>();

  /** The queries the authorization endpoint got. */
  final List<Map<String, String>> authorizations = new CopyOnWriteArrayList<>();

  /** The Authorization fields the endpoint got; empty where there was none. */
  final List<String> presented = new CopyOnWriteArrayList<>();

  final Map<String, Object> resourceMetadata = new LinkedHashMap<>();
  final Map<String, Object> serverMetadata = new LinkedHashMap<>();

  /** What goes back to the redirect URI beside a correct state and code. */
  Function<Map<String, String>, Map<String, String>> authorize =
      query -> Map.of("code", "c0de", "state", query.get("state"), "iss", issuer());

  /** The token response. */
  Function<Map<String, String>, Answer> token = form -> Answer.json(tokenResponse());

  /** The endpoint's answer to an Authorization field. */
  Function<String, Answer> endpoint =
      field ->
          field.equals("Bearer token-" + issued.get()) ? Answer.json(Map.of()) : demand(401, "");

  /** An answer of status, fields and body. */
  record Answer(int status, Map<String, String> fields, String body) {
    static Answer json(Map<String, ?> object) {
      return new Answer(
          200,
          Map.of("Content-Type", "application/json"),
          JsonLimits.mapper().writeValueAsString(object));
    }

    static Answer error(String code) {
      return new Answer(400, Map.of(), "{\"error\":\"" + code + "\"}");
    }
  }

  LoopbackAuthority() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    resourceMetadata.put("resource", endpoint().toString());
    resourceMetadata.put("authorization_servers", List.of(issuer()));
    serverMetadata.put("issuer", issuer());
    serverMetadata.put("authorization_endpoint", issuer() + "/authorize");
    serverMetadata.put("token_endpoint", issuer() + "/token");
    serverMetadata.put("registration_endpoint", issuer() + "/register");
    serverMetadata.put("code_challenge_methods_supported", List.of("S256"));
    serverMetadata.put("token_endpoint_auth_methods_supported", List.of("none"));
    serverMetadata.put("authorization_response_iss_parameter_supported", true);
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI endpoint() {
    return URI.create(issuer() + "/mcp");
  }

  /** A challenge that says where the metadata is. */
  Answer demand(int status, String parameters) {
    return new Answer(
        status,
        Map.of(
            "WWW-Authenticate", "Bearer resource_metadata=\"" + issuer() + "/prm\"" + parameters),
        "");
  }

  /** A token nobody got before, good at once. */
  Map<String, Object> tokenResponse() {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("access_token", "token-" + issued.incrementAndGet());
    response.put("token_type", "Bearer");
    return response;
  }

  int issuedTokens() {
    return issued.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer answer;
      if (path.equals("/mcp")) {
        String field = exchange.getRequestHeaders().getFirst("Authorization");
        presented.add(field == null ? "" : field);
        answer = endpoint.apply(field == null ? "" : field);
      } else {
        requests.add(exchange.getRequestMethod() + " " + path);
        answer = answer(path, exchange.getRequestURI().getRawQuery(), body);
      }
      answer.fields().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private Answer answer(String path, String query, String body) {
    return switch (path) {
      case "/prm" -> Answer.json(resourceMetadata);
      case "/.well-known/oauth-authorization-server" -> Answer.json(serverMetadata);
      case "/register" -> Answer.json(Map.of("client_id", "dynamic-client"));
      case "/authorize" -> {
        Map<String, String> parameters = form(query);
        authorizations.add(parameters);
        yield new Answer(
            302,
            Map.of(
                "Location",
                parameters.get("redirect_uri")
                    + "?"
                    + AuthHttp.encoded(authorize.apply(parameters))),
            "");
      }
      case "/token" -> {
        Map<String, String> parameters = form(body);
        tokenForms.add(parameters);
        yield token.apply(parameters);
      }
      default -> new Answer(404, Map.of(), "");
    };
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : List.of(text.split("&"))) {
      String[] parts = pair.split("=", 2);
      form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

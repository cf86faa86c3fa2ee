package dev.plumbline.conformance.rule;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.conformance.wire.Messages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Servers on the loopback address: the minimal correct one, and three that help nobody. */
final class SampleHttp implements AutoCloseable {
  private final URI url;
  private final Runnable stop;

  private SampleHttp(int port, Runnable stop) {
    this.url = URI.create("http://127.0.0.1:" + port + "/mcp");
    this.stop = stop;
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    stop.run();
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  // --- servers that speak HTTP -------------------------------------------------------------------

  /** What a server does with an exchange. */
  @FunctionalInterface
  private interface Handling {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static SampleHttp serving(Handling handling) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handling.handle(exchange);
          }
        });
    server.start();
    return new SampleHttp(server.getAddress().getPort(), () -> server.stop(0));
  }

  /** {@link MinimalServer} over Streamable HTTP. */
  static SampleHttp minimal() throws IOException {
    return minimal(MinimalFeature.TOOLS);
  }

  /** {@link MinimalServer} with this feature over Streamable HTTP. */
  static SampleHttp minimal(MinimalFeature feature) throws IOException {
    MinimalServer server = new MinimalServer(feature);
    return serving(exchange -> answer(exchange, server));
  }

  private static void answer(HttpExchange exchange, MinimalServer server) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (foreign(exchange)) {
      exchange.sendResponseHeaders(403, -1);
    } else if (!exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(405, -1);
    } else {
      UnaryOperator<String> headers =
          name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
      MinimalServer.Reply reply =
          server.answer(Messages.parse(body).orElseThrow(), Optional.of(headers));
      send(exchange, reply.status(), reply.message());
    }
  }

  private static boolean foreign(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return !host.startsWith("127.0.0.1") || (origin != null && !origin.contains("127.0.0.1"));
  }

  private static void send(HttpExchange exchange, int status, ObjectNode message)
      throws IOException {
    if (message.isEmpty()) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] body = Messages.compact(message).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Refuses everything with the errors that negative checks wait for. */
  static SampleHttp refusing(int status, int code) throws IOException {
    return serving(
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          ObjectNode message = Messages.object().put("jsonrpc", "2.0");
          Messages.parse(body)
              .filter(m -> m.has("id"))
              .ifPresent(m -> message.set("id", m.get("id")));
          message.putObject("error").put("code", code).put("message", "no");
          send(exchange, status, message);
        });
  }

  // --- servers that do not -----------------------------------------------------------------------

  /** What a server does with a connection. */
  @FunctionalInterface
  private interface Treatment {
    void treat(Socket socket) throws IOException;
  }

  /** Accepts, reads and never answers. */
  static SampleHttp silent() throws IOException {
    return treating(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  /** Accepts and closes at once. */
  static SampleHttp closing() throws IOException {
    return treating(Socket::close);
  }

  private static SampleHttp treating(Treatment treatment) throws IOException {
    ServerSocket server = new ServerSocket(0, 0, loopback());
    Set<Socket> open = ConcurrentHashMap.newKeySet();
    Thread.ofVirtual().start(() -> accept(server, open, treatment));
    return new SampleHttp(
        server.getLocalPort(),
        () -> {
          closeQuietly(server);
          open.forEach(SampleHttp::closeQuietly);
        });
  }

  private static void accept(ServerSocket server, Set<Socket> open, Treatment treatment) {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> treat(socket, treatment));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void treat(Socket socket, Treatment treatment) {
    try (socket) {
      treatment.treat(socket);
    } catch (IOException gone) {
      // The other side left.
    }
  }

  private static void closeQuietly(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

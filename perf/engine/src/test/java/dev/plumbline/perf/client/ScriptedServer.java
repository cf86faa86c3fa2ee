package dev.plumbline.perf.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** A small stateless server on a real socket that misbehaves on the requests it is told to. */
final class ScriptedServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final AtomicInteger requests = new AtomicInteger();

  /** What happens to one request. */
  interface Script {
    /**
     * Answers one request, or does not.
     *
     * @param number the request's number, from 0
     * @param right the right answer
     */
    void serve(int number, ObjectNode right, HttpExchange exchange)
        throws IOException, InterruptedException;
  }

  ScriptedServer(int parallel, Script script) throws IOException {
    threads = Executors.newFixedThreadPool(parallel);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/mcp",
        exchange -> {
          var sent =
              Json.parse(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          ObjectNode right = Messages.object().put("jsonrpc", "2.0");
          right.set("id", sent.path("id"));
          right.putObject("result").put("resultType", "complete").putObject("capabilities");
          try {
            script.serve(requests.getAndIncrement(), right, exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  /** What a probe would have found out. */
  static EraProbe probe() {
    return new EraProbe(
        Era.STATELESS,
        Transport.HTTP,
        List.of(Era.STATELESS.revision()),
        Era.STATELESS.revision(),
        Messages.object(),
        Messages.object(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        false,
        1,
        List.of());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

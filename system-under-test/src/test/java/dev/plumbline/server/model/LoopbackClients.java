package dev.plumbline.server.model;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One HTTP server for all walks; each has an address of its own. */
final class LoopbackClients implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> rooms = new ConcurrentHashMap<>();
  private final AtomicInteger entered = new AtomicInteger();

  LoopbackClients() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          HttpHandler room = rooms.get(exchange.getRequestURI().getPath());
          if (room == null) {
            // What a client still says after its walk.
            exchange.sendResponseHeaders(405, -1);
            exchange.close();
          } else {
            room.handle(exchange);
          }
        });
    server.start();
  }

  /** An address of one walk. */
  record Room(String address, Runnable leave) implements AutoCloseable {
    @Override
    public void close() {
      leave.run();
    }
  }

  Room enter(HttpHandler handler) {
    String path = "/walk-" + entered.incrementAndGet();
    rooms.put(path, handler);
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return new Room(address, () -> rooms.remove(path));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

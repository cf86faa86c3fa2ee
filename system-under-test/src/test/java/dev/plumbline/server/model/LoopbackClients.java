package dev.plumbline.server.model;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few HTTP servers for all walks; each walk has an address of its own. One alone would not do: it
 * closes idle connections beyond two hundred, which a client rightly takes for the end of its
 * session.
 */
final class LoopbackClients implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private static final int SERVERS = 4;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> rooms = new ConcurrentHashMap<>();
  private final AtomicInteger entered = new AtomicInteger();

  LoopbackClients() {
    for (int i = 0; i < SERVERS; i++) {
      servers.add(start());
    }
  }

  private HttpServer start() {
    HttpServer server;
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
    return server;
  }

  /** An address of one walk. */
  record Room(String address, Runnable leave) implements AutoCloseable {
    @Override
    public void close() {
      leave.run();
    }
  }

  Room enter(HttpHandler handler) {
    int number = entered.incrementAndGet();
    HttpServer server = servers.get(number % SERVERS);
    String path = "/walk-" + number;
    rooms.put(path, handler);
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return new Room(address, () -> rooms.remove(path));
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}

package dev.plumbline.chaos.embedded;

import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One proxy: where it listens, where it leads, its toxics and its live connections. */
final class ListeningProxy {
  /** Connections beyond this are closed at once. */
  static final int MAX_CONNECTIONS = 1024;

  /** Toxics beyond this are refused. */
  static final int MAX_TOXICS = 64;

  private static final int CONNECT_MILLIS = 5_000;
  private static final long ACCEPT_RETRY_NANOS = 10_000_000;

  /** How long the port may take to close: until a virtual thread has left its accept. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private record Listener(ServerSocket socket, Thread acceptor) {
    /** The port refuses connections when this returns. */
    void close() {
      Sockets.close(socket);
      boolean interrupted = Thread.interrupted();
      try {
        acceptor.join(CLOSING);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Connection(Socket client, Socket server, Pipe up, Pipe down) {
    Pipe pipe(Direction direction) {
      return direction == Direction.UPSTREAM ? up : down;
    }

    void close() {
      Sockets.close(client);
      Sockets.close(server);
    }
  }

  private final String name;
  private final SplittableRandom random;
  private final List<AttachedToxic> toxics = new ArrayList<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private String listen;
  private String upstream;
  private @Nullable Listener listener;

  ListeningProxy(String name, String listen, String upstream, long seed) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.random = new SplittableRandom(seed ^ name.hashCode());
  }

  String name() {
    return name;
  }

  synchronized String listen() {
    return listen;
  }

  synchronized String upstream() {
    return upstream;
  }

  synchronized boolean enabled() {
    return listener != null;
  }

  synchronized ObjectNode json() {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("name", name).put("listen", listen).put("upstream", upstream);
    node.put("enabled", enabled()).set("toxics", toxicsJson());
    return node;
  }

  synchronized ArrayNode toxicsJson() {
    ArrayNode array = Json.mapper().createArrayNode();
    for (Direction direction : Direction.values()) {
      toxics.stream()
          .filter(toxic -> toxic.direction() == direction)
          .forEach(toxic -> array.add(ToxicJson.write(toxic)));
    }
    return array;
  }

  /** Starts listening; does nothing when it already does. */
  synchronized void start() throws ApiException {
    if (listener != null) {
      return;
    }
    ServerSocket opened = null;
    try {
      opened = new ServerSocket();
      InetSocketAddress address = Sockets.parse(listen);
      if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
        throw new IOException("this proxy listens on loopback addresses only");
      }
      opened.bind(address);
    } catch (IOException | IllegalArgumentException e) {
      if (opened != null) {
        Sockets.close(opened);
      }
      throw ApiException.failed("listen tcp " + listen + ": " + e.getMessage());
    }
    ServerSocket ready = opened;
    listen = Sockets.text((InetSocketAddress) ready.getLocalSocketAddress());
    Thread acceptor = Thread.ofVirtual().name("proxy " + name).start(() -> accept(ready));
    listener = new Listener(ready, acceptor);
  }

  /** Stops listening and closes every connection: the fault called {@code down}. */
  synchronized void stop() {
    if (listener != null) {
      listener.close();
      listener = null;
      List.copyOf(connections).forEach(Connection::close);
      connections.clear();
    }
  }

  /** Changes where the proxy listens and leads, which cuts it, and whether it runs. */
  synchronized void update(String newListen, String newUpstream, boolean enabled)
      throws ApiException {
    if (!newListen.equals(listen) || !newUpstream.equals(upstream)) {
      stop();
      listen = newListen;
      upstream = newUpstream;
    }
    if (enabled) {
      start();
    } else {
      stop();
    }
  }

  synchronized AttachedToxic toxic(String toxicName) throws ApiException {
    return toxics.stream()
        .filter(toxic -> toxic.name().equals(toxicName))
        .findFirst()
        .orElseThrow(ApiException::toxicNotFound);
  }

  synchronized void add(AttachedToxic toxic) throws ApiException {
    if (toxics.stream().anyMatch(other -> other.name().equals(toxic.name()))) {
      throw ApiException.toxicAlreadyExists();
    }
    if (toxics.size() >= MAX_TOXICS) {
      throw ApiException.failed("too many toxics: " + MAX_TOXICS);
    }
    toxics.add(toxic);
    connections.forEach(c -> c.pipe(toxic.direction()).add(stage(toxic)));
  }

  synchronized void replace(AttachedToxic toxic) throws ApiException {
    toxics.set(toxics.indexOf(toxic(toxic.name())), toxic);
    connections.forEach(c -> c.pipe(toxic.direction()).update(toxic));
  }

  synchronized void remove(String toxicName) throws ApiException {
    AttachedToxic toxic = toxic(toxicName);
    toxics.remove(toxic);
    List.copyOf(connections).forEach(c -> c.pipe(toxic.direction()).remove(toxicName));
  }

  /** Enables the proxy and removes all toxics. */
  synchronized void reset() throws ApiException {
    start();
    for (AttachedToxic toxic : List.copyOf(toxics)) {
      remove(toxic.name());
    }
  }

  private void accept(ServerSocket on) {
    while (!on.isClosed()) {
      try {
        Socket client = on.accept();
        Thread.ofVirtual().name("connect " + name).start(() -> connect(on, client));
      } catch (IOException e) {
        if (!on.isClosed()) {
          LockSupport.parkNanos(ACCEPT_RETRY_NANOS); // out of descriptors for a moment
        }
      }
    }
  }

  private void connect(ServerSocket on, Socket client) {
    Socket server = new Socket();
    try {
      server.connect(Sockets.parse(upstream()), CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      Sockets.close(server);
      Sockets.close(client);
      return;
    }
    link(on, client, server);
  }

  private synchronized void link(ServerSocket on, Socket client, Socket server) {
    if (on.isClosed() || connections.size() >= MAX_CONNECTIONS) {
      Sockets.close(server);
      Sockets.close(client);
      return;
    }
    Connection connection =
        new Connection(
            client,
            server,
            new Pipe(client, server, stages(Direction.UPSTREAM)),
            new Pipe(server, client, stages(Direction.DOWNSTREAM)));
    connections.add(connection);
    Runnable ended = () -> ended(connection);
    connection.up().start(name + " upstream", ended);
    connection.down().start(name + " downstream", ended);
  }

  private synchronized void ended(Connection connection) {
    if (connection.client().isClosed() && connection.server().isClosed()) {
      connections.remove(connection);
    }
  }

  private List<Stage> stages(Direction direction) {
    return toxics.stream()
        .filter(toxic -> toxic.direction() == direction)
        .map(this::stage)
        .toList();
  }

  private Stage stage(AttachedToxic toxic) {
    return new Stage(toxic, random.split());
  }
}

package dev.plumbline.conformance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server socket whose every byte a test decides. */
public final class RawServer implements AutoCloseable {
  /** What happens on each connection. */
  @FunctionalInterface
  public interface Behaviour {
    /** Uses the connection; it is closed afterwards. */
    void on(Peer peer) throws IOException;
  }

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(ServerSocket socket, Behaviour behaviour) {
    this.socket = socket;
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  /** Listens on 127.0.0.1. */
  public static RawServer start(Behaviour behaviour) throws IOException {
    return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  /** Serves a socket the test made. */
  public static RawServer on(ServerSocket socket, Behaviour behaviour) {
    return new RawServer(socket, behaviour);
  }

  /** Answers every request on a connection with these bytes. */
  public static RawServer answering(String response) throws IOException {
    return start(
        peer -> {
          while (peer.readRequest() != null) {
            peer.write(response);
          }
        });
  }

  /** A JSON response with its length. */
  public static String json(String body) {
    return response("200 OK", "application/json", body);
  }

  /** A response with its length. */
  public static String response(String status, String type, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        connections.incrementAndGet();
        open.add(accepted);
        Thread.ofVirtual().start(() -> serve(accepted));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      behaviour.on(new Peer(accepted));
    } catch (IOException e) {
      // The other side went away; that is what these tests are about.
    } finally {
      open.remove(accepted);
    }
  }

  /** Everything that was asked, head and body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  /** The endpoint. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp");
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : open) {
      one.close();
    }
  }

  /** The server's side of a connection. */
  public final class Peer {
    private final InputStream in;
    private final OutputStream out;

    Peer(Socket accepted) throws IOException {
      in = new BufferedInputStream(accepted.getInputStream());
      out = accepted.getOutputStream();
    }

    /** The next request, or null when the client closed. */
    public @org.jspecify.annotations.Nullable String readRequest() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        head.write(b);
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      int length =
          text.lines()
              .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-length:"))
              .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
              .findFirst()
              .orElse(0);
      String request = text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
      requests.add(request);
      return request;
    }

    /** Waits until the client closes. */
    public void awaitClose() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }

    /** Sends at once. */
    public void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** Sends one chunk. */
    public void chunk(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }
  }
}

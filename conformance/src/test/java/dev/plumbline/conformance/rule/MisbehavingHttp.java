package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** A {@link Misbehavior} over HTTP/1.1, byte by byte: what no server library would send. */
final class MisbehavingHttp implements AutoCloseable {
  private static final byte[] PIECE = filled();

  private final Misbehavior.Server behavior;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket door;

  MisbehavingHttp(Misbehavior how) throws IOException {
    behavior = how.server();
    door = bind(0);
    port = door.getLocalPort();
    ServerSocket first = door;
    Thread.ofVirtual().start(() -> accept(first));
  }

  private static byte[] filled() {
    byte[] piece = new byte[64 * 1024];
    Arrays.fill(piece, (byte) 'x');
    return piece;
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** The port is free again when the last of the old connections is gone. */
  private ServerSocket bindAgain() throws IOException {
    long until = System.nanoTime() + 1_500_000_000L;
    while (true) {
      try {
        return bind(port);
      } catch (java.net.BindException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      }
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/mcp");
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // Restarted, or the test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      Map<String, String> head = head(in);
      while (!head.isEmpty()) {
        int length = Integer.parseInt(head.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        answer(head, body, new HttpWire(socket, out));
        out.flush();
        head = head(in);
      }
    } catch (IOException gone) {
      // The other side left.
    } finally {
      open.remove(socket);
    }
  }

  private void answer(Map<String, String> head, String body, HttpWire wire) throws IOException {
    String origin = head.getOrDefault("origin", "http://127.0.0.1");
    boolean here = head.getOrDefault("host", "").startsWith("127.0.0.1");
    if (!here || !origin.contains("127.0.0.1")) {
      wire.say(new MinimalServer.Reply(403, Messages.object()));
    } else if (!head.getOrDefault("", "").startsWith("POST ")) {
      wire.say(new MinimalServer.Reply(405, Messages.object()));
    } else {
      behavior.receive(
          Messages.parse(body).orElseThrow(() -> new IOException("no JSON")),
          Optional.of(name -> head.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "")),
          wire);
    }
  }

  /** The request line under the empty name, and the headers; empty at the end of the stream. */
  private static Map<String, String> head(InputStream in) throws IOException {
    Map<String, String> head = new TreeMap<>();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        if (line.isEmpty()) {
          return head;
        }
        int colon = head.isEmpty() ? -1 : line.indexOf(":");
        head.put(
            colon < 0 ? "" : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
            line.substring(colon + 1).strip());
        line.setLength(0);
      } else if (next != '\r') {
        line.append((char) next);
      }
    }
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private final class HttpWire implements Misbehavior.Wire {
    private final Socket socket;
    private final OutputStream out;

    HttpWire(Socket socket, OutputStream out) {
      this.socket = socket;
      this.out = out;
    }

    private void text(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void head(int status, String type, long length) throws IOException {
      text("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n");
      text("Content-Length: " + length + "\r\n\r\n");
    }

    @Override
    public void say(MinimalServer.Reply reply) throws IOException {
      String body = reply.message().isEmpty() ? "" : Messages.compact(reply.message());
      head(reply.status(), "application/json", body.getBytes(StandardCharsets.UTF_8).length);
      text(body);
    }

    @Override
    public void flood(ObjectNode news, int times, MinimalServer.Reply reply) throws IOException {
      String event = "data: " + Messages.compact(news) + "\n\n";
      String last = "data: " + Messages.compact(reply.message()) + "\n\n";
      head(200, "text/event-stream", (long) event.length() * times + last.length());
      for (int i = 0; i < times; i++) {
        text(event);
      }
      text(last);
    }

    @Override
    public void fill(MinimalServer.Reply reply, int bytes) throws IOException {
      String body = Messages.compact(reply.message());
      head(200, "application/json", (long) body.length() + bytes);
      for (int left = bytes; left > 0; left -= PIECE.length) {
        out.write(PIECE, 0, Math.min(left, PIECE.length));
      }
      text(body);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    @Override
    public void restart() throws IOException {
      door.close();
      for (Socket each : open) {
        each.close();
      }
      ServerSocket again = bindAgain();
      door = again;
      Thread.ofVirtual().start(() -> accept(again));
    }
  }
}

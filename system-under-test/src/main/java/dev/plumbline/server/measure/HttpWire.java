package dev.plumbline.server.measure;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of HTTP/1.1 that sends a request once: what a library would send again, because
 * the connection was closed at the wrong moment, is a failure here.
 */
final class HttpWire implements AutoCloseable {
  /** The fields of every request with a message. */
  static final String JSON =
      "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int HEXADECIMAL = 16;

  /** A small request is one packet. */
  private static final int BUFFER_BYTES = 16_384;

  private static final int STATUS_FROM = "HTTP/1.1 ".length();
  private static final int STATUS_TO = STATUS_FROM + 3;

  /**
   * The head of a response.
   *
   * @param fields names in lower case
   */
  record Head(int status, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    boolean events() {
      return field("content-type").startsWith("text/event-stream");
    }
  }

  /**
   * One event of a stream.
   *
   * @param id empty when it has none
   * @param data empty when it has none
   */
  record Event(String id, String data) {}

  private final Socket socket = new Socket();
  private final InputStream in;
  private long chunkLeft;
  private boolean chunksOver = true;
  private boolean lastRequest;

  HttpWire(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request and reads the head of its response. */
  Head ask(String method, String fields, String body) throws IOException {
    return ask(method, fields, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request and reads the head of its response. */
  Head ask(String method, String fields, byte[] body) throws IOException {
    String head =
        method
            + " /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + fields
            + (method.equals("POST") ? "Content-Length: " + body.length + "\r\n\r\n" : "\r\n");
    OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return head();
  }

  private Head head() throws IOException {
    String start = line(false);
    Map<String, String> fields = new HashMap<>();
    for (String field = line(false); !field.isEmpty(); field = line(false)) {
      int colon = field.indexOf(':');
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    Head head = new Head(Integer.parseInt(start.substring(STATUS_FROM, STATUS_TO)), fields);
    chunksOver = !head.field("transfer-encoding").equalsIgnoreCase("chunked");
    chunkLeft = 0;
    lastRequest = head.field("connection").equalsIgnoreCase("close");
    return head;
  }

  /** True when the server takes no further request here. */
  boolean spent() {
    return lastRequest;
  }

  /** The body of a response that is not a stream. */
  String body(Head head) throws IOException {
    int length = Integer.parseInt(head.fields().getOrDefault("content-length", "0"));
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("closed in a response");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The next event; empty when the stream has ended. */
  Optional<Event> next() throws IOException {
    String id = "";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    while (!chunksOver) {
      String line;
      try {
        line = line(true);
      } catch (EOFException e) {
        break;
      }
      if (line.isEmpty() && any) {
        return Optional.of(new Event(id, data.toString()));
      }
      any |= !line.isEmpty() && !line.startsWith(":");
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data.append(line.substring("data: ".length()));
      }
    }
    return Optional.empty();
  }

  private String line(boolean chunked) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = chunked ? unchunked() : in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("closed without a response");
      }
      if (b != '\r') {
        line.write(b);
      }
      b = chunked ? unchunked() : in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** RFC 9112 §7.1. */
  private int unchunked() throws IOException {
    if (chunksOver) {
      return -1;
    }
    if (chunkLeft == 0) {
      chunkLeft = Long.parseLong(line(false), HEXADECIMAL);
      if (chunkLeft == 0) {
        chunksOver = true;
        var _ = line(false);
        return -1;
      }
    }
    int b = in.read();
    if (--chunkLeft == 0 && b >= 0) {
      var _ = line(false);
    }
    return b;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}

package dev.plumbline.perf.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One keep-alive HTTP/1.1 connection, one request at a time, with as little work as possible. */
public final class RawConnection implements AutoCloseable {
  /** How long a connection waits for its peer unless it is told otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int BUFFER_BYTES = 16_384;
  private static final int MAX_LINE = 16_384;
  private static final int MAX_BODY = 1 << 22;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private final String path;

  /**
   * What came back.
   *
   * @param status HTTP status
   * @param session the session id header, if any
   * @param body the body as text; of an event stream, all of it
   */
  public record Response(int status, Optional<String> session, String body) {}

  /**
   * Connects and waits for answers as long as usual.
   *
   * @param endpoint the address, whose path requests go to
   */
  public RawConnection(URI endpoint) throws IOException {
    this(endpoint, TIMEOUT);
  }

  /**
   * Connects.
   *
   * @param endpoint the address, whose path requests go to
   * @param timeout how long to wait for anything
   */
  public RawConnection(URI endpoint, Duration timeout) throws IOException {
    this.socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) timeout.toMillis());
    socket.connect(
        new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), (int) timeout.toMillis());
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    this.host = endpoint.getHost() + ":" + endpoint.getPort();
    this.path = endpoint.getPath().isEmpty() ? "/" : endpoint.getPath();
  }

  /**
   * Sends one request and reads the whole response.
   *
   * @param headers further header lines, each ended by CR LF
   */
  public Response exchange(String method, String headers, String body) throws IOException {
    send(method, headers, body);
    return receive();
  }

  /** The same to another path. */
  public Response exchange(String method, String otherPath, String headers, String body)
      throws IOException {
    send(method, otherPath, headers, body);
    return receive();
  }

  /** Sends one request; its response is read by {@link #receive}. */
  public void send(String method, String headers, String body) throws IOException {
    send(method, path, headers, body);
  }

  private void send(String method, String to, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + to
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: application/json, text/event-stream\r\n"
            + headers
            + (bytes.length == 0
                ? "\r\n"
                : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n");
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  /** Reads one response to its end. */
  public Response receive() throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = 0;
    boolean chunked = false;
    Optional<String> session = Optional.empty();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = field.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "mcp-session-id" -> session = Optional.of(value);
        default -> {}
      }
    }
    return new Response(status, session, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      if (size == 0) {
        line();
        return body.toString();
      }
      body.append(text(size));
      line();
      if (body.length() > MAX_BODY) {
        throw new IOException("the response is larger than expected");
      }
    }
  }

  private String text(int length) throws IOException {
    if (length > MAX_BODY) {
      throw new IOException("the response is larger than expected");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended in mid-response");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > MAX_LINE) {
        throw new IOException("a header line is longer than expected");
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

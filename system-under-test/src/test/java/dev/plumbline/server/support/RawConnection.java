package dev.plumbline.server.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One TCP connection that sends exactly the bytes it is given. */
public final class RawConnection implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final int STATUS_FROM = "HTTP/1.1 ".length();
  private static final int STATUS_TO = STATUS_FROM + 3;

  /**
   * A response as it came.
   *
   * @param headers names in lower case
   */
  public record Response(int status, Map<String, String> headers, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      return new JsonMapper().readTree(body);
    }

    /** The error code, or 0. */
    public int errorCode() {
      return body.isEmpty() ? 0 : json().path("error").path("code").asInt(0);
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final Queue<String> chunk = new ArrayDeque<>();

  /** Connects to a port of this machine. */
  public RawConnection(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends text as ISO-8859-1 bytes. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one response; empty when the peer closed instead. */
  public Optional<Response> tryRead() throws IOException {
    Optional<Response> head = tryReadHead();
    if (head.isEmpty()) {
      return head;
    }
    Map<String, String> headers = head.get().headers();
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Response(head.get().status(), headers, body));
  }

  private Optional<Response> tryReadHead() throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new HashMap<>();
    String field = line();
    while (!field.isEmpty()) {
      int colon = field.indexOf(':');
      headers.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      field = line();
    }
    int status = Integer.parseInt(start.substring(STATUS_FROM, STATUS_TO));
    return Optional.of(new Response(status, headers, ""));
  }

  /** Reads the head of a response and leaves its body to come. */
  public Response readHead() throws IOException {
    return tryReadHead().orElseThrow(() -> new IOException("closed without a response"));
  }

  /** Reads one line of a chunked body, whose chunks end with lines. */
  public String chunkLine() throws IOException {
    if (chunk.isEmpty()) {
      int length = Integer.parseInt(line(), 16);
      new String(in.readNBytes(length), StandardCharsets.UTF_8).lines().forEach(chunk::add);
      line();
    }
    return chunk.remove();
  }

  /** Reads one response. */
  public Response read() throws IOException {
    return tryRead().orElseThrow(() -> new IOException("closed without a response"));
  }

  /** True when the peer has closed: the next read finds the end. */
  public boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Says that nothing more will be sent; reading goes on. */
  public RawConnection endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads exactly so many bytes, or fewer at the end. */
  public byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads one line without its end; empty at the end of the stream. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (b != '\r') {
        line.write(b);
      }
      b = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

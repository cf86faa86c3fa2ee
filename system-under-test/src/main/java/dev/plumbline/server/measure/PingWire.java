package dev.plumbline.server.measure;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of a client that says a message and waits for its answer; nothing more. */
abstract sealed class PingWire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();
  final DataInputStream in;
  final OutputStream out;

  private PingWire(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /** Says a message; gives the answer's text, or nothing when none is to come. */
  abstract String say(String message, boolean answered) throws IOException;

  /** True when its session is gone with the connection. */
  abstract boolean carriesSession();

  final String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("closed");
      }
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

  /** Streamable HTTP on one connection that is kept alive. */
  static final class Http extends PingWire {
    private @Nullable String session;

    /**
     * Connects.
     *
     * @param session to go on with, or null for a new one
     */
    Http(int port, @Nullable String session) throws IOException {
      super(port);
      this.session = session;
    }

    @Nullable String session() {
      return session;
    }

    @Override
    String say(String message, boolean answered) throws IOException {
      String head =
          "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
              + "Accept: application/json, text/event-stream\r\n"
              + (session == null ? "" : "MCP-Session-Id: " + session + "\r\n")
              + "Content-Length: "
              + message.length()
              + "\r\n\r\n";
      out.write((head + message).getBytes(StandardCharsets.US_ASCII));
      line();
      int length = 0;
      for (String field = line(); !field.isEmpty(); field = line()) {
        String name = field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
        String value = field.substring(field.indexOf(':') + 1).strip();
        switch (name) {
          case "content-length" -> length = Integer.parseInt(value);
          case "mcp-session-id" -> session = value;
          default -> {}
        }
      }
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    boolean carriesSession() {
      return false;
    }
  }

  /** A message per line over TCP. */
  static final class Lines extends PingWire {
    Lines(int port) throws IOException {
      super(port);
    }

    @Override
    String say(String message, boolean answered) throws IOException {
      out.write((message + "\n").getBytes(StandardCharsets.US_ASCII));
      return answered ? line() : "";
    }

    @Override
    boolean carriesSession() {
      return true;
    }
  }

  /** A message per text frame (RFC 6455); short ones only. */
  static final class Frames extends PingWire {
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int MOST = 65_535;

    Frames(int port) throws IOException {
      super(port);
      String opening =
          String.join(
              "\r\n",
              "GET /ws HTTP/1.1",
              "Host: 127.0.0.1",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
              "",
              "");
      out.write(opening.getBytes(StandardCharsets.US_ASCII));
      if (!line().contains(" 101 ")) {
        throw new IOException("no WebSocket");
      }
      while (!line().isEmpty()) {
        // The fields of the answer say nothing we need.
      }
    }

    @Override
    String say(String message, boolean answered) throws IOException {
      byte[] payload = message.getBytes(StandardCharsets.US_ASCII);
      if (payload.length > MOST) {
        throw new IOException("too long");
      }
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(TEXT);
      if (payload.length < TWO_BYTES) {
        frame.write(MASKED | payload.length);
      } else {
        frame.write(MASKED | TWO_BYTES);
        frame.write(payload.length >>> 8);
        frame.write(payload.length);
      }
      // A mask of zeros changes nothing.
      frame.writeBytes(new byte[4]);
      frame.writeBytes(payload);
      out.write(frame.toByteArray());
      return answered ? read() : "";
    }

    private String read() throws IOException {
      int opcode = in.readUnsignedByte();
      int length = in.readUnsignedByte() & LENGTH;
      if (length == TWO_BYTES) {
        length = in.readUnsignedShort();
      }
      byte[] payload = in.readNBytes(length);
      if (opcode != TEXT) {
        throw new EOFException("closing");
      }
      return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    boolean carriesSession() {
      return true;
    }
  }
}

package dev.plumbline.server.support;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket whose frames are made by hand. */
public final class RawWebSocket implements AutoCloseable {
  /** Key and proof of RFC 6455 §1.3. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final RawConnection connection;
  private final RawConnection.Response opened;

  /**
   * One frame from the server.
   *
   * @param first FIN, reserved bits and opcode
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Frame(int first, byte[] payload) {
    /** The payload as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The payload as JSON. */
    public JsonNode json() {
      return new JsonMapper().readTree(payload);
    }

    /** The code of a close frame. */
    public int closeCode() {
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  /** Opens a WebSocket with further header lines. */
  public RawWebSocket(int port, String... headerLines) throws IOException {
    this.connection = new RawConnection(port);
    this.opened = connection.send(opening(headerLines)).read();
  }

  /** The opening request. */
  public static String opening(String... headerLines) {
    String more = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
    return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + KEY
        + "\r\n"
        + more
        + "\r\n";
  }

  /** The response to the opening. */
  public RawConnection.Response opened() {
    return opened;
  }

  /** The connection below. */
  public RawConnection connection() {
    return connection;
  }

  /** Sends one text message in one frame. */
  public RawWebSocket send(String text) throws IOException {
    return send(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one masked frame. */
  public RawWebSocket send(int first, byte[] payload) throws IOException {
    connection.send(frame(first, payload));
    return this;
  }

  /** The bytes of one masked frame. */
  public static byte[] frame(int first, byte[] payload) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(first);
      if (payload.length < 126) {
        out.writeByte(0x80 | payload.length);
      } else if (payload.length <= 0xFFFF) {
        out.writeByte(0x80 | 126);
        out.writeShort(payload.length);
      } else {
        out.writeByte(0x80 | 127);
        out.writeLong(payload.length);
      }
      out.write(MASK);
      byte[] masked = payload.clone();
      for (int i = 0; i < masked.length; i++) {
        masked[i] ^= MASK[i % 4];
      }
      out.write(masked);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one frame. */
  public Frame read() throws IOException {
    byte[] head = connection.bytes(2);
    if (head.length < 2) {
      throw new IOException("closed without a frame");
    }
    if ((head[1] & 0x80) != 0) {
      throw new IOException("the server masked a frame");
    }
    int length = head[1] & 0x7F;
    if (length == 126) {
      length = ByteBuffer.wrap(connection.bytes(2)).getShort() & 0xFFFF;
    } else if (length == 127) {
      length = Math.toIntExact(ByteBuffer.wrap(connection.bytes(8)).getLong());
    }
    return new Frame(head[0] & 0xFF, connection.bytes(length));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

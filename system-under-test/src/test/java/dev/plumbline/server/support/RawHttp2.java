package dev.plumbline.server.support;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection of HTTP/2 with prior knowledge whose frames are made by hand (RFC 9113 §4.1). */
public final class RawHttp2 implements AutoCloseable {
  /** Types of frames. */
  public static final int DATA = 0;

  /** HEADERS. */
  public static final int HEADERS = 1;

  /** RST_STREAM. */
  public static final int RST_STREAM = 3;

  /** SETTINGS. */
  public static final int SETTINGS = 4;

  /** PING. */
  public static final int PING = 6;

  /** GOAWAY. */
  public static final int GOAWAY = 7;

  /** WINDOW_UPDATE. */
  public static final int WINDOW_UPDATE = 8;

  /** CONTINUATION. */
  public static final int CONTINUATION = 9;

  /** The flag of the last frame of a stream; on SETTINGS and PING: acknowledged. */
  public static final int END_STREAM = 1;

  /** The flag of a whole header block. */
  public static final int END_HEADERS = 4;

  private static final int HEAD_BYTES = 9;
  private static final int MAX_DATA = 16_384;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** One frame from the server. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Frame(int type, int flags, int stream, byte[] payload) {
    /** The error code of RST_STREAM, or of GOAWAY. */
    public int errorCode() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }

    /** The flag is set. */
    public boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  /** A whole response, or what came before the stream was reset. */
  public record Response(int status, String type, String body, Optional<Integer> reset) {
    /** The body as JSON. */
    public JsonNode json() {
      return new JsonMapper().readTree(body);
    }
  }

  private final RawConnection connection;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private int lastStream = -1;

  /** Connects and says that this is HTTP/2; settings as pairs of id and value. */
  public RawHttp2(int port, int... settings) throws IOException {
    this.connection = new RawConnection(port).send(PREFACE);
    ByteBuffer pairs = ByteBuffer.allocate(settings.length * 3);
    for (int i = 0; i < settings.length; i += 2) {
      pairs.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    frame(SETTINGS, 0, 0, pairs.array());
  }

  /** The connection below. */
  public RawConnection connection() {
    return connection;
  }

  /** Sends one frame. */
  public RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + payload.length);
    frame.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    connection.send(frame.array());
    return this;
  }

  /** The header block of a request; names and values in turn. */
  public byte[] block(String... fields) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    ByteBuf out = Unpooled.buffer();
    try {
      encoder.encodeHeaders(1, headers, out);
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return bytes;
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    } finally {
      out.release();
    }
  }

  /** Opens a stream with these fields alone; gives its number. */
  public int open(boolean ends, String... fields) throws IOException {
    lastStream += 2;
    frame(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), lastStream, block(fields));
    return lastStream;
  }

  /** The fields of a lawful POST, and more. */
  public static String[] lawful(String... more) {
    String[] fields = {
      ":method", "POST",
      ":scheme", "http",
      ":path", "/mcp",
      ":authority", "localhost",
      "content-type", "application/json",
      "accept", "application/json, text/event-stream"
    };
    String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
    System.arraycopy(more, 0, all, fields.length, more.length);
    return all;
  }

  /** Posts a message on a new stream; gives its number. */
  public int post(String json, String... more) throws IOException {
    int stream = open(false, lawful(more));
    return data(stream, true, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Posts a modern message on a new stream; gives its number. */
  public int modern(String id, String method, String params, String... more) throws IOException {
    String[] mirrored = Requests.mirrored(method, params);
    String[] fields = new String[mirrored.length * 2 + more.length];
    for (int i = 0; i < mirrored.length; i++) {
      int colon = mirrored[i].indexOf(':');
      fields[2 * i] = mirrored[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT);
      fields[2 * i + 1] = mirrored[i].substring(colon + 1).strip();
    }
    System.arraycopy(more, 0, fields, mirrored.length * 2, more.length);
    return post(Requests.modern(id, method, params), fields);
  }

  /** Sends a body, as far as flow control was waited for by the caller; gives the stream. */
  public int data(int stream, boolean ends, byte[] bytes) throws IOException {
    int from = 0;
    do {
      int to = Math.min(bytes.length, from + MAX_DATA);
      boolean last = ends && to == bytes.length;
      frame(DATA, last ? END_STREAM : 0, stream, java.util.Arrays.copyOfRange(bytes, from, to));
      from = to;
    } while (from < bytes.length);
    return stream;
  }

  /** Allows the server to send so much more. */
  public RawHttp2 allow(int stream, int bytes) throws IOException {
    return frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  /** Reads one frame, whatever it is. */
  public Frame read() throws IOException {
    byte[] head = connection.bytes(HEAD_BYTES);
    if (head.length < HEAD_BYTES) {
      throw new IOException("closed without a frame");
    }
    int length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
    int stream = ByteBuffer.wrap(head).getInt(5) & 0x7FFF_FFFF;
    return new Frame(head[3], head[4], stream, connection.bytes(length));
  }

  /** Reads on to the next frame of this type. */
  public Frame await(int type) throws IOException {
    Frame frame = read();
    while (frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  /** The fields of a HEADERS frame. */
  public Http2Headers fields(Frame frame) {
    try {
      return decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads to the end of a stream; other streams are thrown away. */
  public Response response(int stream) throws IOException {
    int status = 0;
    String type = "";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read();
      if (frame.type() == GOAWAY && frame.errorCode() != 0) {
        throw new IOException("the connection ends with error " + frame.errorCode());
      }
      Http2Headers fields = frame.type() == HEADERS ? fields(frame) : null;
      if (frame.stream() != stream) {
        continue;
      }
      if (fields != null) {
        status = Integer.parseInt(fields.status().toString());
        type = String.valueOf(fields.get("content-type"));
      } else if (frame.type() == DATA) {
        body.write(frame.payload());
      } else if (frame.type() == RST_STREAM) {
        return answer(status, type, body, Optional.of(frame.errorCode()));
      }
      if ((frame.type() == DATA || fields != null) && frame.has(END_STREAM)) {
        return answer(status, type, body, Optional.empty());
      }
    }
  }

  private static Response answer(
      int status, String type, ByteArrayOutputStream body, Optional<Integer> reset) {
    return new Response(status, type, body.toString(StandardCharsets.UTF_8), reset);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** A client's frames: RFC 6455 §5. Text and binary messages alike are messages. */
final class WebSocketFraming implements Framing {
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int FIRST_CONTROL = 0x8;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MASK_BYTES = 4;

  /** RFC 6455 §7.4.1: the purpose is fulfilled. */
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};

  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] framed(byte[] message) {
    return frame(TEXT, message);
  }

  @Override
  public byte[] farewell() {
    return frame(CLOSE, NORMAL_CLOSURE);
  }

  /** RFC 6455 §5.3: a client masks every frame. */
  private byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (FINAL | opcode));
    if (payload.length <= SHORT) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    byte[] mask = new byte[MASK_BYTES];
    random.nextBytes(mask);
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % MASK_BYTES]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  @Override
  public void read(InputStream stream, LineInbox inbox, Consumer<byte[]> reply) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (DataInputStream in = new DataInputStream(stream)) {
      while (true) {
        int first = in.readUnsignedByte();
        byte[] payload = payload(in, message.size());
        int opcode = first & 0x0f;
        if (opcode == CLOSE) {
          // RFC 6455 §5.5.1: a close is answered with a close.
          reply.accept(frame(CLOSE, payload));
          return;
        }
        if (opcode == PING) {
          reply.accept(frame(PING + 1, payload));
        } else if (opcode < FIRST_CONTROL) {
          if (opcode != CONTINUATION) {
            message.reset();
          }
          message.writeBytes(payload);
          if ((first & FINAL) != 0) {
            inbox.put(Bytes.of(message.toByteArray()));
            message.reset();
          }
        }
      }
    } catch (IOException e) {
      // The stream is over, or of no use any more: what was awaited stays away and is told so.
      return;
    } finally {
      inbox.end();
    }
  }

  private static byte[] payload(DataInputStream in, int before) throws IOException {
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == TWO_BYTES) {
      length = in.readUnsignedShort();
    } else if (length == EIGHT_BYTES) {
      length = in.readLong();
    }
    // RFC 6455 §5.1: a server never masks.
    if ((second & MASKED) != 0 || length < 0 || length > LineInbox.MAX_LINE_BYTES - before) {
      throw new ProtocolException("a frame that is masked or too long");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return payload;
  }
}

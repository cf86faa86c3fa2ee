package dev.plumbline.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The head of one frame from a client, read as its bytes arrive (RFC 6455 §5.2). */
final class WebSocketFrame {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  /** A control frame carries no more. */
  static final int MAX_CONTROL_BYTES = 125;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_HEAD_BYTES = 14;
  private static final int MASK_BYTES = 4;
  private static final int MAX_16 = 0xFFFF;

  private final byte[] head = new byte[MAX_HEAD_BYTES];
  private int headBytes;
  private boolean complete;
  private long length;
  private int mask;
  private long remaining;

  /** Takes bytes of the head; true once it is complete. */
  boolean readHead(ByteBuf in) {
    while (in.isReadable() && !complete) {
      head[headBytes++] = in.readByte();
      if (headBytes == wanted()) {
        complete = true;
        parse();
      }
    }
    return complete;
  }

  private int lengthBytes() {
    return switch (head[1] & LENGTH) {
      case LENGTH_16 -> 2;
      case LENGTH_64 -> 8;
      default -> 0;
    };
  }

  private int wanted() {
    if (headBytes < 2) {
      return 2;
    }
    return 2 + lengthBytes() + ((head[1] & MASKED) == 0 ? 0 : MASK_BYTES);
  }

  private void parse() {
    int from = 2 + lengthBytes();
    length = lengthBytes() == 0 ? head[1] & LENGTH : big(2, from);
    mask = (head[1] & MASKED) == 0 ? 0 : (int) big(from, from + MASK_BYTES);
    remaining = length;
  }

  private long big(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = (value << 8) | (head[i] & 0xFF);
    }
    return value;
  }

  /** True when a frame may begin like this: masked, known, unextended, with the shortest length. */
  boolean lawful() {
    boolean known = opcode() <= BINARY || (opcode() >= CLOSE && opcode() <= PONG);
    boolean shortest =
        switch (lengthBytes()) {
          case 0 -> true;
          case 2 -> length >= LENGTH_16;
          default -> length > MAX_16;
        };
    boolean lawfulControl = !control() || (last() && length <= MAX_CONTROL_BYTES);
    return (head[0] & RESERVED) == 0
        && (head[1] & MASKED) != 0
        && known
        && shortest
        && lawfulControl;
  }

  boolean begun() {
    return headBytes > 0;
  }

  boolean headComplete() {
    return complete;
  }

  boolean last() {
    return (head[0] & FIN) != 0;
  }

  int opcode() {
    return head[0] & OPCODE;
  }

  boolean control() {
    return opcode() >= CLOSE;
  }

  long length() {
    return length;
  }

  int mask() {
    return mask;
  }

  byte maskAt(int index) {
    return (byte) (mask >>> (24 - 8 * (index & 3)));
  }

  long remaining() {
    return remaining;
  }

  void took(int bytes) {
    remaining -= bytes;
  }

  /** Begins the next frame. */
  void reset() {
    headBytes = 0;
    complete = false;
  }

  /** One whole frame from the server, which does not mask (RFC 6455 §5.1). */
  static ByteBuf encode(ByteBufAllocator allocator, int opcode, byte[] payload) {
    ByteBuf out = allocator.buffer(payload.length + MAX_HEAD_BYTES);
    out.writeByte(FIN | opcode);
    if (payload.length < LENGTH_16) {
      out.writeByte(payload.length);
    } else if (payload.length <= MAX_16) {
      out.writeByte(LENGTH_16).writeShort(payload.length);
    } else {
      out.writeByte(LENGTH_64).writeLong(payload.length);
    }
    return out.writeBytes(payload);
  }

  /** True for the close codes a peer may send (RFC 6455 §7.4). */
  static boolean mayBeSent(int code) {
    return (code >= 1_000 && code <= 1_003)
        || (code >= 1_007 && code <= 1_014)
        || (code >= 3_000 && code <= 4_999);
  }
}

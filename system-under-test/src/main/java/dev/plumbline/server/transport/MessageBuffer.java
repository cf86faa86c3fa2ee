package dev.plumbline.server.transport;

import dev.plumbline.server.limit.ByteBudget;
import dev.plumbline.server.protocol.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes of one message while they arrive. The cap and the shared budget hold before a byte is
 * kept (C10); a message that broke one of them keeps nothing until {@link #clear}.
 */
final class MessageBuffer {
  /** How a message fares. */
  enum Fit {
    /** All of it is kept. */
    FITS,
    /** It is larger than a message may be. */
    TOO_LARGE,
    /** All connections together hold too much. */
    NO_ROOM
  }

  private static final int FIRST_BYTES = 512;
  private static final int MAX_TRUSTED_BYTES = 16_384;

  /** Whoever has sent this part of what was declared is believed the rest. */
  private static final int PROOF = 8;

  private static final byte[] NOTHING = new byte[0];

  private final int cap;
  private final ByteBudget budget;
  private byte[] bytes = NOTHING;
  private int size;
  private int declared;
  private Fit fit = Fit.FITS;

  MessageBuffer(int cap, ByteBudget budget) {
    this.cap = cap;
    this.budget = budget;
  }

  /** Makes room for a message whose size was declared; a large one must prove it. */
  void expect(long announced) {
    if (announced > 0 && size == 0) {
      declared = (int) Math.min(announced, cap);
      bytes = new byte[Math.min(declared, MAX_TRUSTED_BYTES)];
    }
  }

  /** Takes so many bytes from a part, and keeps them if the message still fits. */
  Fit append(ByteBuf part, int length) {
    if (fit == Fit.FITS && size + (long) length > cap) {
      refuse(Fit.TOO_LARGE);
    } else if (fit == Fit.FITS && !budget.tryTake(length)) {
      refuse(Fit.NO_ROOM);
    }
    if (fit != Fit.FITS) {
      part.skipBytes(length);
      return fit;
    }
    grow(size + length);
    part.readBytes(bytes, size, length);
    size += length;
    return fit;
  }

  /** Removes the mask of RFC 6455 §5.3 from the last bytes. */
  void unmask(int length, int mask, long phase) {
    for (int i = size - length; i < size; i++) {
      int octet = (int) ((phase + i - (size - length)) & 3);
      bytes[i] ^= (byte) (mask >>> (24 - 8 * octet));
    }
  }

  private void grow(int wanted) {
    if (wanted <= bytes.length) {
      return;
    }
    int room = (int) Math.min(cap, Math.max(FIRST_BYTES, bytes.length * 2L));
    if (declared >= wanted && declared / PROOF <= wanted) {
      room = declared;
    }
    bytes = Arrays.copyOf(bytes, Math.max(wanted, room));
  }

  private void refuse(Fit why) {
    clear();
    fit = why;
  }

  /** True when what is kept is well-formed UTF-8. */
  boolean isUtf8() {
    return Utf8.isValid(bytes, 0, size);
  }

  Fit fit() {
    return fit;
  }

  int size() {
    return size;
  }

  /** The last byte kept, or -1. */
  int last() {
    return size == 0 ? -1 : bytes[size - 1];
  }

  /** The first byte kept, or -1. */
  int first() {
    return size == 0 ? -1 : bytes[0];
  }

  /** Forgets the last byte. */
  void dropLast() {
    size--;
    budget.giveBack(1);
  }

  /**
   * The whole message. Its bytes stay counted until whoever takes them gives them back to the
   * budget.
   */
  byte[] take() {
    byte[] whole = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    bytes = NOTHING;
    size = 0;
    declared = 0;
    return whole;
  }

  /** Throws the message away and begins the next. */
  void clear() {
    budget.giveBack(size);
    bytes = NOTHING;
    size = 0;
    declared = 0;
    fit = Fit.FITS;
  }
}

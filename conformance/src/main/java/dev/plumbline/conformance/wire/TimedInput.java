package dev.plumbline.conformance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;

/** Reads a socket with one deadline for the whole exchange; notices interrupts. */
final class TimedInput {
  /** How long one read may block before deadline and interrupt are looked at again. */
  private static final int SLICE_MILLIS = 50;

  private static final int BUFFER_BYTES = 16_384;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long deadline;
  private long firstByte = -1;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Starts a new exchange that must be over at this {@link System#nanoTime()}. */
  void begin(long deadlineNanoTime) {
    deadline = deadlineNanoTime;
    firstByte = position < limit ? System.nanoTime() : -1;
  }

  /** Moves the deadline. */
  void until(long deadlineNanoTime) {
    deadline = deadlineNanoTime;
  }

  /** When the first byte of this exchange arrived, or -1. */
  long firstByteNanoTime() {
    return firstByte;
  }

  /** Whether bytes are at hand that nobody asked for. */
  boolean hasLeftovers() {
    return position < limit;
  }

  /** One byte, or -1 at the end. */
  int read() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  /** Some bytes, or -1 at the end. */
  int read(byte[] target, int max) throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(max, limit - position);
    System.arraycopy(buffer, position, target, 0, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (true) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the deadline passed");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      // A timeout within a TLS record may lose its beginning, so TLS reads are not sliced.
      long slice = socket instanceof SSLSocket ? left : Math.min(left, SLICE_MILLIS);
      socket.setSoTimeout((int) Math.max(1, slice));
      try {
        int count = in.read(buffer, 0, buffer.length);
        if (count < 0) {
          return false;
        }
        if (count > 0) {
          position = 0;
          limit = count;
          if (firstByte < 0) {
            firstByte = System.nanoTime();
          }
          return true;
        }
      } catch (SocketTimeoutException e) {
        // Only the slice is over; the loop looks at the deadline.
      }
    }
  }

  /**
   * Whether the peer has closed the idle connection, or sent what nobody asked for: such a
   * connection is not used again. TLS connections are not looked at.
   */
  boolean isStale() {
    if (position < limit) {
      return true;
    }
    if (socket instanceof SSLSocket) {
      return false;
    }
    try {
      socket.setSoTimeout(1);
      int count = in.read(buffer, 0, 1);
      if (count > 0) {
        position = 0;
        limit = count;
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}

package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Splits a stream into lines and holds a bounded number of bytes of them until they are taken. */
final class LineInbox {
  /** What a line holds at most; the rest of it is dropped. */
  static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

  /** Beyond this the stream is not read until lines are taken. */
  static final int MAX_PENDING_BYTES = 32 * 1024 * 1024;

  /** A line and when it was complete, as {@link System#nanoTime()}. */
  record Arrival(Bytes bytes, long at) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Arrival> lines = new ArrayDeque<>();
  private long pendingBytes;
  private boolean ended;
  private boolean abandoned;

  /** Reads the stream to its end. */
  void fill(InputStream stream) {
    byte[] piece = new byte[8_192];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (stream) {
      int count;
      while ((count = stream.read(piece)) >= 0) {
        for (int i = 0; i < count; i++) {
          if (piece[i] == '\n') {
            put(Bytes.of(line.toByteArray()));
            line.reset();
          } else if (line.size() < MAX_LINE_BYTES) {
            line.write(piece[i]);
          }
        }
      }
    } catch (IOException e) {
      // A broken pipe is an ended stream.
    } finally {
      if (line.size() > 0) {
        put(Bytes.of(line.toByteArray()));
      }
      end();
    }
  }

  /** One message more; waits while too much is pending. */
  void put(Bytes line) {
    lock.lock();
    try {
      while (pendingBytes > MAX_PENDING_BYTES && !abandoned) {
        changed.awaitUninterruptibly();
      }
      if (!abandoned) {
        // One byte more, so that empty lines count.
        pendingBytes += line.size() + 1;
        lines.add(new Arrival(line, System.nanoTime()));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what is there and what comes. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      lines.clear();
      pendingBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the stream ended and every line was taken. */
  boolean isExhausted() {
    lock.lock();
    try {
      return ended && lines.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next line; empty when the time {@link System#nanoTime()} passed or the stream ended. */
  Optional<Arrival> poll(long until) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (lines.isEmpty()) {
        long left = until - System.nanoTime();
        if (ended || left <= 0) {
          return Optional.empty();
        }
        // The remaining time is looked at again in the loop.
        boolean inTime = changed.await(left, TimeUnit.NANOSECONDS);
        if (!inTime && lines.isEmpty()) {
          return Optional.empty();
        }
      }
      Arrival line = lines.removeFirst();
      pendingBytes -= line.bytes().size() + 1;
      changed.signalAll();
      return Optional.of(line);
    } finally {
      lock.unlock();
    }
  }
}

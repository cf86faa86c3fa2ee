package dev.plumbline.chaos.embedded;

import java.util.Arrays;

/** Bytes as they were read, with the time they arrived ({@link System#nanoTime()}). */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed along
record Chunk(byte[] bytes, long arrivedNanos) {
  int size() {
    return bytes.length;
  }

  Chunk slice(int from, int to) {
    return new Chunk(Arrays.copyOfRange(bytes, from, to), arrivedNanos);
  }

  Chunk delayedBy(long nanos) {
    return new Chunk(bytes, arrivedNanos + nanos);
  }
}

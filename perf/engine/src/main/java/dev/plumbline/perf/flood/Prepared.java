package dev.plumbline.perf.flood;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of an HTTP/1.1 request with a place for its number. The number has a fixed width, so
 * that the length of the body never changes.
 */
final class Prepared {
  /** Stands for the number in a body. */
  static final String NUMBER = "1000000000";

  /** The first number. */
  static final long FIRST = 1_000_000_000L;

  /** As many numbers there are. */
  static final long NUMBERS = 9_000_000_000L;

  private final byte[] bytes;
  private final int place;
  private final byte[] echo;

  private Prepared(byte[] bytes, int place, byte[] echo) {
    this.bytes = bytes;
    this.place = place;
    this.echo = echo;
  }

  /** Head and body, a copy. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Where the number stands. */
  int place() {
    return place;
  }

  /** What a right answer holds besides the number; not to be changed. */
  byte[] echo() {
    return echo;
  }

  /**
   * A POST.
   *
   * @param headers further header lines, each ended by CR LF
   * @param body holds {@link #NUMBER} exactly once
   * @param echo what a right answer holds besides; may be empty
   * @throws IllegalArgumentException when it does not
   */
  static Prepared post(String host, String path, String headers, String body, String echo) {
    int first = body.indexOf(NUMBER);
    if (first < 0 || body.indexOf(NUMBER, first + 1) >= 0) {
      throw new IllegalArgumentException("a body holds " + NUMBER + " exactly once");
    }
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + headers
                + "Content-Length: "
                + content.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[head.length + content.length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(content, 0, bytes, head.length, content.length);
    int place = body.substring(0, first).getBytes(StandardCharsets.UTF_8).length;
    return new Prepared(bytes, head.length + place, echo.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the number of a request over the one before. */
  static void number(byte[] into, int place, long index) {
    long number = FIRST + index % NUMBERS;
    for (int i = NUMBER.length() - 1; i >= 0; i--) {
      into[place + i] = (byte) ('0' + number % 10);
      number /= 10;
    }
  }
}

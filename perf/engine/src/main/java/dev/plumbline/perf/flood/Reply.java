package dev.plumbline.perf.flood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one HTTP/1.1 response from the front of a buffer, with as little work as possible: status,
 * length, and whether the body is what was asked for.
 */
final class Reply {
  /** No answer is longer. */
  static final int MAX_BYTES = 131_072;

  private static final int STATUS_AT = 9;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] RETRY_AFTER = bytes("retry-after:");
  private static final byte[] RESULT = bytes("\"result\"");
  private static final byte[] ERROR = bytes("\"error\"");
  private static final byte[] TOOL_ERROR = bytes("\"isError\":true");

  private Reply() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * How long the response at the front is, or 0 while it is incomplete.
   *
   * @throws IOException when it is none that this generator reads: without a length, or too long
   */
  static int length(byte[] buffer, int filled) throws IOException {
    int head = headEnd(buffer, filled);
    if (head < 0) {
      if (filled >= MAX_BYTES) {
        throw new IOException("a response head without an end");
      }
      return 0;
    }
    int at = field(buffer, head, LENGTH);
    if (at < 0) {
      throw new IOException("a response without a length");
    }
    long body = 0;
    while (at < head && buffer[at] == ' ') {
      at++;
    }
    for (; at < head && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      body = 10 * body + buffer[at] - '0';
      if (body > MAX_BYTES) {
        throw new IOException("a response longer than " + MAX_BYTES);
      }
    }
    if (head + body > MAX_BYTES) {
      throw new IOException("a response longer than " + MAX_BYTES);
    }
    return filled >= head + body ? (int) (head + body) : 0;
  }

  /**
   * What a complete response says to the request with this number, which stands in {@code sent}.
   *
   * @param echo what a right answer holds besides; empty when nothing is asked of it
   */
  static Fate fate(byte[] buffer, int length, byte[] sent, int place, byte[] echo) {
    int head = headEnd(buffer, length);
    int status = status(buffer, length);
    if (status == OK) {
      boolean right =
          contains(buffer, head, length, RESULT)
              && containsNumber(buffer, head, length, sent, place)
              && repeats(buffer, head, length, echo);
      return right ? Fate.ANSWERED : Fate.WRONG;
    }
    // C19: 429, Retry-After, and a JSON-RPC error with the id of what it refuses.
    boolean refused =
        status == TOO_MANY
            && field(buffer, head, RETRY_AFTER) >= 0
            && contains(buffer, head, length, ERROR)
            && containsNumber(buffer, head, length, sent, place);
    return refused ? Fate.REFUSED : Fate.WRONG;
  }

  /** Whether a body holds the text, and around it no failure of a tool. */
  private static boolean repeats(byte[] buffer, int from, int to, byte[] echo) {
    for (int i = from; i <= to - echo.length; i++) {
      if (echo.length == 0 || buffer[i] == echo[0]) {
        if (Arrays.equals(buffer, i, i + echo.length, echo, 0, echo.length)) {
          return !contains(buffer, from, i, TOOL_ERROR)
              && !contains(buffer, i + echo.length, to, TOOL_ERROR);
        }
      }
    }
    return false;
  }

  /** The status code, or 0 when there is none. */
  static int status(byte[] buffer, int length) {
    if (length < STATUS_AT + 3 || buffer[0] != 'H') {
      return 0;
    }
    int status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      status = 10 * status + buffer[i] - '0';
    }
    return status;
  }

  private static int headEnd(byte[] buffer, int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  /** Where the value of a header field begins, or -1; the name is given in lower case. */
  private static int field(byte[] buffer, int head, byte[] name) {
    for (int line = 0; line < head; ) {
      int i = 0;
      while (i < name.length && line + i < head && lower(buffer[line + i]) == name[i]) {
        i++;
      }
      if (i == name.length) {
        return line + i;
      }
      while (line < head && buffer[line] != '\n') {
        line++;
      }
      line++;
    }
    return -1;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  private static boolean contains(byte[] buffer, int from, int to, byte[] text) {
    return contains(buffer, from, to, text, 0, text.length);
  }

  private static boolean containsNumber(byte[] buffer, int from, int to, byte[] sent, int place) {
    return contains(buffer, from, to, sent, place, Prepared.NUMBER.length());
  }

  private static boolean contains(
      byte[] buffer, int from, int to, byte[] text, int at, int length) {
    for (int i = from; i <= to - length; i++) {
      int j = 0;
      while (j < length && buffer[i + j] == text[at + j]) {
        j++;
      }
      if (j == length) {
        return true;
      }
    }
    return false;
  }
}

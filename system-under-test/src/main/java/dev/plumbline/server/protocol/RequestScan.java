package dev.plumbline.server.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id and the method of a request without parsing the rest of it, so that refusing costs
 * little (C19). What it finds is what the decoder would have found, or nothing: what stands behind
 * names with escapes, in broken JSON or too far from the beginning is not found.
 */
public final class RequestScan {
  private static final int NOT_FOUND = -1;

  /** A character takes six bytes at most, as an escape. */
  private static final int MAX_TEXT_BYTES = 6 * JsonLimits.MAX_ID_LENGTH;

  private final byte[] json;
  private final int end;
  private int at;
  private @Nullable RequestId id;
  private @Nullable String method;

  private RequestScan(byte[] json, int atMost) {
    this.json = json;
    this.end = Math.min(json.length, atMost);
  }

  /**
   * What can be found cheaply.
   *
   * @param atMost bytes that are looked at
   */
  public static RequestScan of(byte[] json, int atMost) {
    RequestScan scan = new RequestScan(json, atMost);
    scan.scan();
    return scan;
  }

  /** The id, or null when there is none or it was not found. */
  public @Nullable RequestId id() {
    return id;
  }

  /** The method, or null when there is none or it was not found. */
  public @Nullable String method() {
    return method;
  }

  /** True when both were found: it is a request, unless it is broken elsewhere. */
  public boolean request() {
    return id != null && method != null;
  }

  private void scan() {
    boolean more = takes('{');
    while (more) {
      int key = string();
      if (key == NOT_FOUND) {
        return;
      }
      int length = at - 1 - key;
      if (!takes(':')) {
        return;
      }
      more = member(key, length) && !request() && takes(',');
    }
  }

  /** Takes or skips one value; false when nothing behind it can be trusted. */
  private boolean member(int key, int length) {
    if (is("id", key, length)) {
      id = value();
      return id != null;
    }
    if (is("method", key, length)) {
      blanks();
      method = text();
      return method != null;
    }
    return skipValue();
  }

  private boolean is(String name, int from, int length) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable RequestId value() {
    blanks();
    if (at < end && json[at] == '"') {
      String text = text();
      return text == null ? null : new RequestId.Text(text);
    }
    return whole();
  }

  private @Nullable String text() {
    int from = string();
    if (from == NOT_FOUND) {
      return null;
    }
    int to = at - 1;
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      if (json[i] >= 0 && json[i] < ' ') {
        return null;
      }
      escaped |= json[i] == '\\';
    }
    if (to - from > MAX_TEXT_BYTES || !Utf8.isValid(json, from, to)) {
      return null;
    }
    String raw = new String(json, from, to - from, StandardCharsets.UTF_8);
    String text = escaped ? Escapes.decoded(raw) : raw;
    return text == null || text.length() > JsonLimits.MAX_ID_LENGTH ? null : text;
  }

  private @Nullable RequestId whole() {
    int from = at;
    if (at < end && json[at] == '-') {
      at++;
    }
    int digits = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    int count = at - digits;
    // RFC 8259 §6: no leading zero, and what follows ends the number.
    boolean lawful = count == 1 || (count > 1 && json[digits] != '0');
    boolean ended = at < end && (json[at] == ',' || json[at] == '}' || json[at] <= ' ');
    return lawful && ended && count <= JsonLimits.MAX_NUMBER_LENGTH
        ? new RequestId.Whole(new String(json, from, at - from, StandardCharsets.US_ASCII))
        : null;
  }

  /** Where the text of a string begins; {@code at} is behind its closing quote then. */
  private int string() {
    if (!takes('"')) {
      return NOT_FOUND;
    }
    int from = at;
    while (at < end) {
      byte octet = json[at++];
      if (octet == '"') {
        return from;
      }
      if (octet == '\\') {
        at++;
      }
    }
    return NOT_FOUND;
  }

  /** Goes behind a value; true when it ended in what may be looked at. */
  private boolean skipValue() {
    blanks();
    int depth = 0;
    while (at < end) {
      switch (json[at]) {
        case '"' -> {
          if (string() == NOT_FOUND) {
            return false;
          }
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth == 0) {
            return true;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {}
      }
      at++;
    }
    return false;
  }

  private boolean takes(char wanted) {
    blanks();
    boolean there = at < end && json[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void blanks() {
    while (at < end
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }
}

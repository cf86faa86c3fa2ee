package dev.plumbline.server.protocol;

import org.jspecify.annotations.Nullable;

/** The escapes of a JSON string (RFC 8259 §7). */
final class Escapes {
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private Escapes() {}

  /** The text with its escapes decoded; null when one is malformed or half a pair of surrogates. */
  static @Nullable String decoded(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      if (at == raw.length()) {
        return null;
      }
      char kind = raw.charAt(at++);
      if (kind == 'u') {
        int unit = unit(raw, at);
        if (unit < 0) {
          return null;
        }
        text.append((char) unit);
        at += HEX_DIGITS;
      } else {
        char plain = plain(kind);
        if (plain == 0) {
          return null;
        }
        text.append(plain);
      }
    }
    boolean half =
        text.codePoints()
            .anyMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    return half ? null : text.toString();
  }

  private static int unit(String raw, int from) {
    if (from + HEX_DIGITS > raw.length()) {
      return -1;
    }
    int unit = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      char c = raw.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, HEX) : -1;
      if (digit < 0) {
        return -1;
      }
      unit = unit * HEX + digit;
    }
    return unit;
  }

  private static char plain(char kind) {
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> 0;
    };
  }
}

package dev.plumbline.server.uri;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The characters of a URI, and what is percent-encoded (RFC 3986 §2). */
final class Octets {
  /** RFC 3986 §2.2; where they may stand is checked where a URI is taken apart. */
  private static final String RESERVED = "!$&'()*+,;=:/?#[]@";

  private static final String DIGITS = "0123456789ABCDEF";

  private static final int HEX = 16;
  private static final int TRIPLET = 3;
  private static final int ASCII = 0x80;

  /** Whether a character of ASCII is unreserved (§2.3). */
  private static final boolean[] UNRESERVED = new boolean[ASCII];

  /** Whether a character of ASCII can stand in a URI as it is. */
  private static final boolean[] LAWFUL = new boolean[ASCII];

  static {
    for (char c = 0; c < ASCII; c++) {
      UNRESERVED[c] = letter(c) || digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
      LAWFUL[c] = UNRESERVED[c] || c == '%' || RESERVED.indexOf(c) >= 0;
    }
  }

  private Octets() {}

  /** Every character is one of a URI's, and every percent sign begins a triplet. */
  static void checkAlphabet(String given) throws UriRefusedException {
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      if (c >= ASCII || !LAWFUL[c]) {
        throw new UriRefusedException(flaw(c));
      }
      if (c == '%' && octet(given, i) < 0) {
        throw new UriRefusedException(Flaw.PERCENT);
      }
    }
  }

  private static Flaw flaw(char c) {
    if (c == '\\') {
      return Flaw.BACKSLASH;
    }
    return c < ' ' || c == 0x7F ? Flaw.INVISIBLE : Flaw.CHARACTER;
  }

  /** Where the scheme ends (§3.1). */
  static int schemeEnd(String given) throws UriRefusedException {
    int colon = given.indexOf(':');
    boolean lawful = colon > 0 && letter(given.charAt(0));
    for (int i = 1; lawful && i < colon; i++) {
      char c = given.charAt(i);
      lawful = letter(c) || digit(c) || c == '+' || c == '-' || c == '.';
    }
    if (!lawful) {
      throw new UriRefusedException(Flaw.NO_SCHEME);
    }
    return colon;
  }

  /** A part with unreserved characters as they are and all other octets in upper case (§6.2.2). */
  static String normal(String part, boolean host) throws UriRefusedException {
    // A query or fragment comes with the mark it begins with; an IP literal is a host.
    if (!host && (part.indexOf('[') >= 0 || part.indexOf(']') >= 0 || part.indexOf('#', 1) >= 0)) {
      throw new UriRefusedException(Flaw.CHARACTER);
    }
    StringBuilder normal = new StringBuilder(part.length());
    boolean encoded = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c != '%') {
        normal.append(host ? lower(c) : c);
        continue;
      }
      char octet = (char) octet(part, i);
      if (unreserved(octet)) {
        normal.append(host ? lower(octet) : octet);
      } else {
        encoded = true;
        normal.append('%').append(DIGITS.charAt(octet / HEX)).append(DIGITS.charAt(octet % HEX));
      }
      i += TRIPLET - 1;
    }
    if (encoded) {
      check(normal.toString());
    }
    return normal.toString();
  }

  private static void check(String normal) throws UriRefusedException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(normal))).toString();
    } catch (CharacterCodingException e) {
      throw new UriRefusedException(Flaw.NOT_UTF_8);
    }
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (hides(octet(text, at))) {
        throw new UriRefusedException(Flaw.ENCODED_TWICE);
      }
    }
    Letters.check(text);
  }

  /** What makes a difference to whoever decodes once more. */
  private static boolean hides(int octet) {
    return octet >= 0 && (octet < ' ' || octet == 0x7F || "./\\%".indexOf(octet) >= 0);
  }

  /** The text of a part that was checked. */
  static String decoded(String normal) {
    return new String(bytes(normal), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
    for (int i = 0; i < part.length(); i++) {
      int octet = part.charAt(i) == '%' ? octet(part, i) : -1;
      bytes.write(octet < 0 ? part.charAt(i) : octet);
      i += octet < 0 ? 0 : TRIPLET - 1;
    }
    return bytes.toByteArray();
  }

  /** The octet that a triplet stands for; negative when it is none. */
  private static int octet(String text, int at) {
    if (at + TRIPLET > text.length()) {
      return -1;
    }
    int high = digitOf(text.charAt(at + 1));
    int low = digitOf(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }

  /** The library's digits are those of all scripts. */
  private static int digitOf(char c) {
    return c < ASCII ? Character.digit(c, HEX) : -1;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
  }

  private static boolean unreserved(char c) {
    return c < ASCII && UNRESERVED[c];
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}

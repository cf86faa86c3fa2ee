package dev.plumbline.server.access;

import java.util.Base64;

/** URL-safe Base64 without padding (RFC 7515 §2), where one text stands for one value. */
final class Base64Text {
  private Base64Text() {}

  /**
   * The bytes.
   *
   * @throws IllegalArgumentException for every text but the one that encodes them
   */
  static byte[] bytes(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!of(bytes).equals(text)) {
      throw new IllegalArgumentException("not the only form");
    }
    return bytes;
  }

  /** The text. */
  static String of(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

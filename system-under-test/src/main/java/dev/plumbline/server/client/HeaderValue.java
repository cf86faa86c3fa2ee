package dev.plumbline.server.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes mirrored header values (2026-07-28 streamable-http, value encoding). */
final class HeaderValue {
  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderValue() {}

  /** The value as it is where a header can carry it, otherwise in the sentinel form. */
  static String encode(String value) {
    boolean plain = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
    boolean padded =
        !value.isEmpty() && (blank(value.charAt(0)) || blank(value.charAt(value.length() - 1)));
    boolean lookalike = value.startsWith(PREFIX) && value.endsWith(SUFFIX);
    if (plain && !padded && !lookalike) {
      return value;
    }
    return PREFIX
        + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
        + SUFFIX;
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}

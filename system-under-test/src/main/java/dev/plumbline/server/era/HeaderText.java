package dev.plumbline.server.era;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads mirrored header values (streamable-http, value encoding). */
public final class HeaderText {
  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderText() {}

  /** The value when it is visible ASCII, space or tab; empty otherwise. */
  public static Optional<String> plain(String raw) {
    return raw.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e))
        ? Optional.of(raw)
        : Optional.empty();
  }

  /** The value after undoing the Base64 sentinel form; empty when it is malformed. */
  public static Optional<String> decoded(String raw) {
    boolean sentinel =
        raw.length() >= PREFIX.length() + SUFFIX.length()
            && raw.startsWith(PREFIX)
            && raw.endsWith(SUFFIX);
    if (!sentinel) {
      return plain(raw);
    }
    String inner = raw.substring(PREFIX.length(), raw.length() - SUFFIX.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(inner);
      if (!Base64.getEncoder().encodeToString(bytes).equals(inner)) {
        // RFC 4648 §3.2, §3.5: padding is required and unused bits are zero.
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
